import { describe, expect, test } from 'vitest'
import { FORBIDDEN_V4, FORBIDDEN_V6, isGlobalUnicast } from './address.ts'
import { kindOf, makePeers, ok, plain } from './peers.fixture.ts'

const { startPeer, openNet } = makePeers()

/** First and last address of a v4 range; a few inside a v6 one. */
function samples(cidr: string): string[] {
  const [network, bits] = cidr.split('/') as [string, string]
  if (network.includes(':'))
    return [network, `${network}1`, `${network}dead:beef`].map((text) => text.replace('::::', '::'))
  const first = network.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const last = first + 2 ** (32 - Number(bits)) - 1
  return [first, last].map((n) => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.'))
}

const OUTSIDE_V6 = [
  '::',
  '::1',
  '::127.0.0.1',
  '::a9fe:a9fe',
  '::8.8.8.8',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::808:808',
  '64:ff9b:1::1',
  '100::1',
  'fc00::1',
  'fdff::1',
  'fe80::1',
  'fe80::1%lo',
  'fec0::1',
  'ff02::1',
  '4000::1',
  '2002:7f00:1::',
  '2001:10::1',
  '2001:20::1',
  '2001:0:1::1',
  '5f00::1',
]

describe('which addresses are public', () => {
  test.each([...FORBIDDEN_V4, ...FORBIDDEN_V6].flatMap((cidr) => samples(cidr).map((address) => [cidr, address])))(
    '%s: %s is not',
    (_cidr, address) => {
      expect(isGlobalUnicast(address)).toBe(false)
    },
  )

  test.each(OUTSIDE_V6)('%s is not', (address) => {
    expect(isGlobalUnicast(address)).toBe(false)
  })

  test.each(['1.1.1.1', '9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0'])(
    '%s is',
    (address) => {
      expect(isGlobalUnicast(address)).toBe(true)
    },
  )

  test.each(['223.255.255.255', '2001:200::1', '2606:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8'])(
    '%s is',
    (address) => {
      expect(isGlobalUnicast(address)).toBe(true)
    },
  )

  test.each(['', 'localhost', '127.1', '0x7f.1', '017700000001', '1.1.1.1.', '[::1]'])('%j is no address', (text) => {
    expect(isGlobalUnicast(text)).toBe(false)
  })

  test('an allowed network that cannot be read stops the start', () => {
    expect(() => openNet({ allowPrivateNetworks: ['everything'] })).toThrow()
  })
})

describe('no socket is opened', () => {
  const HOSTS = [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f.1',
    '0x7f000001',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '①②⑦.0.0.1',
    '%31%32%37.0.0.1',
    '0',
    '0.0.0.0',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::1]',
    '[2002:7f00:1::]',
    '[0:0:0:0:0:0:0:1]',
    '169.254.169.254',
    '10.0.0.1',
    '192.168.1.1',
    '[fe80::1]',
    '[fc00::1]',
    'localhost',
    'a.localhost',
    'LOCALHOST',
    'printer',
    'x.local',
    'x.internal',
    'x.onion',
    'x.i2p',
    'public.example.',
  ]

  test.each(HOSTS)('for %s, with the scheme and port of every kind', async (host) => {
    const peer = await startPeer(ok)
    let lookups = 0
    const resolve = () => Promise.resolve(lookups++ < 0 ? [] : ['127.0.0.1'])
    const net = openNet({ allowPrivateNetworks: [], resolve })
    const addresses = [
      `https://${host}/`,
      `http://${host}/`,
      `http://${host}:${peer.port}/`,
      `https://${host}:${peer.port}/`,
    ]
    for (const address of addresses) expect(await kindOf(net.request(address, plain)), address).toBe('address')
    expect([peer.connections(), lookups]).toEqual([0, 0])
  })

  test.each([...FORBIDDEN_V4, ...FORBIDDEN_V6].flatMap(samples).concat(OUTSIDE_V6))(
    'for a public name at %s',
    async (address) => {
      const net = openNet({ allowPrivateNetworks: ['127.0.0.2/32'], resolve: () => Promise.resolve([address]) })
      expect(await kindOf(net.request('https://public.example/', plain))).toBe('address')
    },
  )

  test.each(['22', '25', '0', '5432', '6379', '8443'])('for port %s of a public machine', async (port) => {
    const net = openNet({ resolve: () => Promise.resolve(['1.1.1.1']) })
    expect(await kindOf(net.request(`https://public.example:${port}/`, plain))).toBe('address')
  })

  test.each(['http://public.example/', 'https://printer/', 'https://x.internal/'])(
    'for %s at a public address',
    async (url) => {
      const net = openNet({ resolve: () => Promise.resolve(['1.1.1.1']) })
      expect(await kindOf(net.request(url, plain))).toBe('address')
    },
  )

  test.each([
    'file:///etc/passwd',
    'data:text/plain,x',
    'ftp://public.example/',
    'gopher://public.example/',
    'unix:/run/x',
    'https://user@public.example/',
    'https://user:word@public.example/',
    'https:\\\\public.example/',
    'nothing',
    '',
    'https://public.example\\@127.0.0.1/',
    'https://pub\tlic.example/',
    'https://public.example/\r\nX: y',
    ' https://a.example',
    'https://own.example/x',
    'https://OWN.example:80/',
    'https://own.example:443/',
    `https://a.example/${'x'.repeat(2100)}`,
  ])('for %j', async (url) => {
    let lookups = 0
    const net = openNet({ resolve: () => Promise.resolve(lookups++ < 0 ? [] : ['127.0.0.1']) })
    expect(await kindOf(net.request(url, plain))).toBe('address')
    expect(lookups).toBe(0)
  })

  test('a neighbour on another port of our own name is somebody else', async () => {
    const peer = await startPeer(ok)
    const net = openNet({ ownHosts: [`localhost:${peer.port + 1}`] })
    expect((await net.request(`http://localhost:${peer.port}/`, plain)).status).toBe(200)
    expect(await kindOf(net.request(`http://localhost:${peer.port + 1}/`, plain))).toBe('address')
  })
})
