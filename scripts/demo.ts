/** Two towns to look around in, which know each other: with a village, real people, and posts that cross over. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { act, ask, follow, search, until } from './api.ts'
import { readArguments, refuseArguments } from './arguments.ts'
import { openInside, type Person } from './inside.ts'
import { runTool } from './lifetime.ts'
import { openTown, type TownProcess } from './town-process.ts'

const USUAL_PORTS = '4001,4002'

const usage = `npm run demo -- [--ports A,B] [--data DIR]

Starts two towns on this machine that know each other: a demo village in each, an owner to sign in as, and people who
follow each other and write from town to town. Prints addresses and sign-in data, and runs until Ctrl-C.
Started again, it goes on with the towns that it finds.

  --ports  where they listen (default: ${USUAL_PORTS})
  --data   the folder for demo-a and demo-b (default: ./data)`

const { values } = readArguments({
  options: {
    ports: { type: 'string', default: USUAL_PORTS },
    data: { type: 'string', default: join(import.meta.dirname, '../data') },
    help: { type: 'boolean' },
  },
})

function readPorts(text: string): [number, number] {
  const ports = text.split(',').map(Number)
  const [a = 0, b = 0] = ports
  const isPort = (port: number) => Number.isInteger(port) && port > 0 && port < 65_536
  if (ports.length !== 2 || !isPort(a) || !isPort(b) || a === b)
    refuseArguments(`--ports takes two different numbers, such as ${USUAL_PORTS}.`)
  return [a, b]
}

/** Who moves in, and what they write first: none of them has the name of somebody of the village. */
const casts = {
  a: {
    owner: 'ada',
    people: { odile: 'The ferry between our towns is late again, so I write instead.', ravi: 'Who has seen the tide?' },
  },
  b: {
    owner: 'bela',
    people: { greta: 'Can you see our lighthouse from over there?', pavel: 'I brought bread. #SlowHarbour' },
  },
} as const

/** What is printed at every start, kept beside the town's data. Nothing here is secret on a machine of one's own. */
type SignIn = { owner: string; email: string; password: string }
type DemoTown = { process: TownProcess; signIn: SignIn; newcomers: Person[] }

const say = (line: string) => process.stderr.write(`${line}\n`)

/** Starts a town; the first time its owner, its village and its people move in. */
async function startDemoTown(stack: AsyncDisposableStack, name: 'a' | 'b', port: number): Promise<DemoTown> {
  const dataDir = resolve(values.data, `demo-${name}`)
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'sign-in.json')
  const isNew = readdirSync(dataDir).length === 0
  if (!isNew && !existsSync(file)) throw new Error(`${dataDir} holds half a town or none of ours. Remove it first.`)
  const town = stack.use(await openTown({ port, dataDir }))
  await town.start()
  if (!isNew) return { process: town, signIn: JSON.parse(readFileSync(file, 'utf8')) as SignIn, newcomers: [] }
  say(`people move in at ${town.url}`)
  const { owner, people } = casts[name]
  const email = `${owner}@example.org`
  const made = town.hamlet('accounts', 'create', owner, '--email', email, '--role', 'owner', '--confirmed')
  town.hamlet('settings', 'set', 'title', `Town ${name.toUpperCase()}`)
  town.hamlet('demo', 'load', '--follow', owner)
  await using inside = await openInside(town)
  const newcomers = Object.values(await inside.people(...Object.keys(people)))
  const signIn = { owner, email, password: made.password ?? '' }
  writeFileSync(file, JSON.stringify(signIn), { mode: 0o600 })
  return { process: town, signIn, newcomers }
}

/** Everybody follows everybody of the other town and writes; then each answers and favourites what came over. */
async function meet(a: DemoTown, b: DemoTown): Promise<void> {
  say('they meet')
  const sides = [
    { here: a, there: b },
    { here: b, there: a },
  ]
  for (const { here, there } of sides)
    for (const person of here.newcomers) for (const other of there.newcomers) await follow(person, other.handle)
  const words: Record<string, string> = { ...casts.a.people, ...casts.b.people }
  for (const person of [...a.newcomers, ...b.newcomers])
    await act(person, '/api/v1/statuses', { status: words[person.username] })
  for (const { here, there } of sides)
    for (const [index, person] of here.newcomers.entries()) await answer(person, there.newcomers[index] as Person)
}

async function answer(person: Person, other: Person): Promise<void> {
  const { id } = (await search(person, `@${other.handle}`)).accounts[0]
  let post: { id: string } | undefined
  await until(`a post of @${other.handle} has come over`, async () => {
    const found = await ask(`${person.url}/api/v1/accounts/${id}/statuses?exclude_replies=true`, {
      token: person.token,
    })
    post = found.body[0]
    return post !== undefined
  })
  if (!post) return
  await act(person, `/api/v1/statuses/${post.id}/favourite`)
  const status = `@${other.handle} It came over. Greetings from the other side!`
  await act(person, '/api/v1/statuses', { status, in_reply_to_id: post.id })
}

async function demo(stack: AsyncDisposableStack): Promise<number> {
  const [portA, portB] = readPorts(values.ports)
  say('starting two towns')
  const a = await startDemoTown(stack, 'a', portA)
  const b = await startDemoTown(stack, 'b', portB)
  if (a.newcomers.length > 0 && b.newcomers.length > 0) await meet(a, b)
  for (const { process: town, signIn } of [a, b])
    console.log(`${town.url}  sign in as @${signIn.owner}: ${signIn.email}, ${signIn.password}`)
  console.log('Ctrl-C stops both.')
  return new Promise<never>(() => {})
}

if (values.help) console.log(usage)
else await runTool(demo, 0)
