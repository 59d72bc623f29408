import { expect, test } from 'vitest'
import { isLoopback, makeNetworkSet, networkOf, readCidr } from '#platform/net'

test.each([
  ['192.0.2.7', '192.0.2.7/32'],
  [' 192.0.2.7/24 ', '192.0.2.0/24'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['::ffff:192.0.2.7', '192.0.2.7/32'],
  ['::ffff:192.0.2.7/120', '192.0.2.0/24'],
  ['2001:DB8::1/32', '2001:db8::/32'],
  ['2001:db8::1', '2001:db8::1/128'],
])('%s is %s', (given, network) => expect(readCidr(given)).toBe(network))

test.each([
  '',
  'x',
  '192.0.2',
  '192.0.2.7/33',
  '192.0.2.7/',
  '192.0.2.7/-1',
  '2001:db8::/129',
  '::ffff:1.2.3.4/20',
  'fe80::1%eth0',
])('"%s" is no network', (given) => expect(readCidr(given)).toBeUndefined())

test('a network has what lies in it, however it is written, and nothing else', () => {
  const set = makeNetworkSet(['192.0.2.0/24', '203.0.113.9/32', '2001:db8:1::/48', 'nonsense'])
  for (const ip of ['192.0.2.0', '192.0.2.255', '::ffff:192.0.2.9', '203.0.113.9', '2001:db8:1:ffff::1'])
    expect(set.has(ip), ip).toBe(true)
  for (const ip of ['192.0.3.0', '203.0.113.8', '2001:db8:2::1', '::c000:209', '', 'x'])
    expect(set.has(ip), ip).toBe(false)
})

test('a household is one: a whole /64 of the new addresses, one of the old', () => {
  const width = { v4: 32, v6: 64 }
  const homes = Array.from({ length: 1000 }, (_, n) => networkOf(`2001:db8:0:7::${n.toString(16)}`, width))
  expect([...new Set(homes)]).toEqual(['2001:db8:0:7::/64'])
  expect(networkOf('::ffff:1.2.3.4', width)).toBe(networkOf('1.2.3.4', width))
  expect(networkOf('1.2.3.4', { v4: 24, v6: 64 })).toBe('1.2.3.0/24')
  expect(networkOf('nowhere', width)).toBe('nowhere')
})

test('this machine is known by all its names', () => {
  for (const ip of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) expect(isLoopback(ip), ip).toBe(true)
  for (const ip of ['128.0.0.1', '10.0.0.1', '::2']) expect(isLoopback(ip), ip).toBe(false)
})
