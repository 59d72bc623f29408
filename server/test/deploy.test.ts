import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { variables } from '#platform/config'

/** What can be said of these files without the programs that read them: that they agree with the house, and are whole. */
const root = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8')
const withoutComments = (text: string) => text.replaceAll(/^\s*#.*$/gm, '')
const files = readdirSync(join(root, 'deploy'))
const known = new Set<string>(Object.values(variables).map(({ name }) => name))

test('the folder holds what the operating page names', () => {
  expect(files.toSorted()).toEqual([
    '.env.example',
    'Caddyfile',
    'Dockerfile',
    'Dockerfile.dockerignore',
    'compose.yaml',
    'hamlet.service',
    'nginx.conf',
  ])
})

test.each(files)('every setting that %s names is one of ours', (name) => {
  const named = [...read(name).matchAll(/\b(HAMLET_[A-Z_]+|DATABASE_URL)\b/g)].map((match) => match[1] as string)
  expect(named.filter((setting) => !known.has(setting))).toEqual([])
})

describe('Dockerfile', () => {
  const lines = withoutComments(read('Dockerfile')).replaceAll(/\\\n/g, ' ').split('\n').filter(Boolean)
  const stages = lines.filter((line) => line.startsWith('FROM '))
  const last = lines.slice(lines.lastIndexOf(stages.at(-1) ?? ''))

  test('every line is an instruction', () => {
    const instruction = /^(FROM|WORKDIR|COPY|RUN|ENV|USER|VOLUME|EXPOSE|HEALTHCHECK|ENTRYPOINT|CMD|STOPSIGNAL) /
    expect(lines.filter((line) => !instruction.test(line))).toEqual([])
  })

  test('it is built in two stages, and runs as nobody in particular', () => {
    expect(stages).toHaveLength(2)
    const user = last.findIndex((line) => line.startsWith('USER '))
    expect(last[user]).toBe('USER hamlet')
    expect(last.findIndex((line) => line.startsWith('ENTRYPOINT'))).toBeGreaterThan(user)
  })

  test('what it copies is there, and its start is ours', () => {
    const copied = lines.filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    const sources = copied.flatMap((line) => line.split(' ').slice(1, -1))
    expect(sources.length).toBeGreaterThan(5)
    for (const source of sources) expect([source, existsSync(join(root, source))]).toEqual([source, true])
    const [entry] = last.filter((line) => line.startsWith('ENTRYPOINT '))
    expect(JSON.parse((entry ?? '').slice('ENTRYPOINT '.length)).at(-1)).toBe('/app/server/bin/hamlet')
  })

  test('port, data folder and health are those of the server', () => {
    const text = last.join('\n')
    expect(text).toContain(`EXPOSE ${variables.port.fallback}`)
    expect(text).toContain(`PORT=${variables.port.fallback}`)
    expect(text).toMatch(/VOLUME \/data\b/)
    expect(text).toContain('HAMLET_DATA_DIR=/data')
    const [check] = last.filter((line) => line.startsWith('HEALTHCHECK '))
    expect(JSON.parse(/CMD (\[.*\])/.exec(check ?? '')?.[1] ?? '[]')).toHaveLength(3)
    expect(check).toContain('/health/ready')
  })

  test('no data and no modules of this machine get into the image', () => {
    expect(read('Dockerfile.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['data', '**/node_modules', '.git']),
    )
  })
})

describe('compose.yaml', () => {
  const text = withoutComments(read('compose.yaml'))
  const blocks = new Map(
    text
      .split(/^(?=\w)/m)
      .map((block) => [/^\w+/.exec(block)?.[0] ?? '', block] as const)
      .filter(([name]) => name !== ''),
  )
  const services = new Map(
    (blocks.get('services') ?? '')
      .split(/^ {2}(?=\w)/m)
      .slice(1)
      .map((block) => [/^\w+/.exec(block)?.[0] ?? '', block] as const),
  )

  test('it is indented by two spaces throughout, without tabs', () => {
    const odd = text.split('\n').filter((line) => /\t/.test(line) || (/^ */.exec(line)?.[0].length ?? 0) % 2 === 1)
    expect(odd).toEqual([])
  })

  test('volumes and services that are named are there', () => {
    expect([...services.keys()]).toEqual(['hamlet', 'database', 'caddy'])
    const declared = [...(blocks.get('volumes') ?? '').matchAll(/^ {2}(\w+):/gm)].map((match) => match[1])
    const used = [...text.matchAll(/^ {6}- (\w+):\//gm)].map((match) => match[1])
    expect(new Set(used)).toEqual(new Set(declared))
    expect(services.get('hamlet')).toMatch(/database:\n +condition: service_healthy/)
    expect(services.get('hamlet')).toContain('dockerfile: deploy/Dockerfile')
    expect(existsSync(join(root, 'deploy/Caddyfile'))).toBe(true)
  })

  test('the database is PostgreSQL, alone, and not open to the world', () => {
    expect(services.get('database')).toMatch(/image: postgres:(1[5-9]|[2-9]\d)/)
    expect(services.get('database')).not.toContain('ports:')
    expect(services.get('hamlet')).not.toContain('ports:')
    expect(services.get('hamlet')).toMatch(/DATABASE_URL: postgres:\/\/hamlet:\S.*@database\/hamlet$/m)
  })

  test('every variable that it asks for is in the example', () => {
    const asked = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1]))
    const example = read('.env.example')
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line))
    expect(new Set(example.map((line) => line.split('=')[0]))).toEqual(asked)
  })
})

describe('hamlet.service', () => {
  const lines = withoutComments(read('hamlet.service')).split('\n').filter(Boolean)
  const settings = new Map(lines.filter((line) => line.includes('=')).map((line) => [line.split('=')[0], line]))

  test('every line is a section or a setting', () => {
    expect(lines.filter((line) => !/^(\[(Unit|Service|Install)\]|[A-Z]\w+=\S.*)$/.test(line))).toEqual([])
    expect(lines.filter((line) => line.startsWith('['))).toEqual(['[Unit]', '[Service]', '[Install]'])
  })

  test('it starts our launcher from its folder, not as root, and may write in one place', () => {
    const folder = settings.get('WorkingDirectory')?.split('=')[1] ?? ''
    const [program, ...rest] = (settings.get('ExecStart')?.slice('ExecStart='.length) ?? '').split(' ')
    expect(existsSync(join(root, (program ?? '').replace(folder, '')))).toBe(true)
    expect(rest).toEqual(['start'])
    expect(settings.get('User')).toBe('User=hamlet')
    for (const wall of ['NoNewPrivileges=true', 'ProtectSystem=strict', 'ProtectHome=true', 'PrivateTmp=true'])
      expect(lines).toContain(wall)
    const state = settings.get('StateDirectory')?.split('=')[1]
    expect(lines).toContain(`Environment=HAMLET_DATA_DIR=/var/lib/${state}`)
  })

  test('Node may compile, and ports below 1024 are granted', () => {
    expect(settings.has('MemoryDenyWriteExecute')).toBe(false)
    expect(lines).toContain('AmbientCapabilities=CAP_NET_BIND_SERVICE')
  })
})

describe('nginx.conf', () => {
  const text = withoutComments(read('nginx.conf'))
  const site = text.split(/^server \{/m).at(-1) ?? ''

  test('every line is a directive, and every block is closed', () => {
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    expect(lines.filter((line) => !/[;{}]$/.test(line))).toEqual([])
    expect(text.split('{').length).toBe(text.split('}').length)
  })

  test('it passes on what the server goes by, and takes what may be uploaded', () => {
    expect(text).toContain(`server 127.0.0.1:${variables.port.fallback};`)
    for (const header of ['Host $host', 'X-Forwarded-For $proxy_add_x_forwarded_for', 'X-Forwarded-Proto $scheme'])
      expect(site).toContain(`proxy_set_header ${header};`)
    expect(Number(/client_max_body_size (\d+)m;/.exec(site)?.[1])).toBeGreaterThanOrEqual(100)
  })

  test('live timelines are neither buffered nor cut off', () => {
    const streaming = /location \/api\/v1\/streaming \{([^}]*)\}/.exec(site)?.[1] ?? ''
    expect(streaming).toContain('proxy_buffering off;')
    expect(streaming).toContain('proxy_read_timeout 1h;')
    expect(site).toContain('proxy_set_header Upgrade $http_upgrade;')
  })
})

test('Caddyfile: blocks are closed, the server is where it listens, and events do not wait', () => {
  const text = withoutComments(read('Caddyfile'))
  const opened = text.split('\n').filter((line) => line.endsWith(' {')).length
  expect(text.split('\n').filter((line) => line.trim() === '}').length).toBe(opened)
  expect(text).toContain(`reverse_proxy {$UPSTREAM:127.0.0.1:${variables.port.fallback}} {`)
  expect(text).toContain('flush_interval -1')
  expect(text.split('\n')).toContain('{$HAMLET_DOMAIN} {')
})
