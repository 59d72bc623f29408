import { describe, expect, test } from 'vitest'
import type { RefusalReason } from '#lib/refusal'
import { forge, type Headers, KEY_ID, now, outcome, plain, raw, without } from './forge.fixture.ts'

describe('time', () => {
  const minutes = (count: number) => new Date(now.getTime() + count * 60_000)
  const dated = '(request-target) host digest'
  const at = (created: number | string, expires?: number) => {
    const seconds = now.getTime() / 1000
    const times: Headers = { '(created)': typeof created === 'string' ? created : String(seconds + created) }
    if (expires !== undefined) times['(expires)'] = String(seconds + expires)
    const parameters = Object.entries(times).map(([name, value]) => `${name.slice(1, -1)}=${value}`)
    const covered = [dated, ...Object.keys(times)].join(' ')
    return forge({ covered, values: times, parameters: parameters.join(','), algorithm: 'hs2019' })
  }

  test.each([
    [-60, true],
    [-61, 'unauthorized'],
    [0, true],
    [65, true],
    [66, 'unauthorized'],
    [60 * 24, 'unauthorized'],
  ])('read %i minutes after Date', (after, expected) => {
    expect(outcome(forge(), { now: minutes(after) })).toBe(expected)
  })

  test.each([
    'Thu, 01 Jan 2026 00:00:00 +0000',
    'Thursday, 01-Jan-26 00:00:00 GMT',
    '2026-01-01T00:00:00Z',
    'Sun, 31 Feb 2026 00:00:00 GMT',
    'Fri, 01 Jan 2026 00:00:00 GMT',
    '1767225600',
    'now',
  ])('the Date %j is malformed', (date) => {
    expect(outcome(forge({ headers: { Date: date } }))).toBe('badRequest')
  })

  test('created and expires', () => {
    expect(outcome(at(0))).toBe(true)
    expect(outcome(at(3601))).toBe('unauthorized')
    expect(outcome(at(-3900))).toBe(true)
    expect(outcome(at(-3901))).toBe('unauthorized')
    expect(outcome(at(-7200, 60))).toBe(true)
    expect(outcome(at(-7200, -3601))).toBe('unauthorized')
    expect(outcome(at(0, -1))).toBe('unauthorized')
    expect(outcome(at(-13 * 3600 - 1, 86_400)), 'twelve hours and the skew at most').toBe('unauthorized')
    expect(outcome(at(-13 * 3600, 86_400))).toBe(true)
    expect(['', '-1', '1e9', '0x10', '17672256000000', '1.5'].map((text) => outcome(at(text)))).toEqual(
      Array(6).fill('badRequest'),
    )
  })

  test('an unsigned expires prolongs nothing', () => {
    const headers = forge({ algorithm: 'hs2019', parameters: `expires=${now.getTime() / 1000 + 86_400}` })
    expect(outcome(headers)).toBe(true)
    expect(outcome(headers, { now: minutes(66) })).toBe('unauthorized')
  })

  test('a covered Date counts beside created', () => {
    const seconds = String(now.getTime() / 1000 + 7200)
    const covered = '(request-target) host date digest (created)'
    const headers = forge({
      covered,
      algorithm: null,
      values: { '(created)': seconds },
      parameters: `created=${seconds}`,
    })
    expect(outcome(headers, { now: minutes(120) })).toBe('unauthorized')
  })

  test.each(['rsa-sha256', 'rsa-sha512'])('created does not go with %s', (algorithm) => {
    const seconds = String(now.getTime() / 1000)
    const parameters = `created=${seconds}`
    expect(
      outcome(forge({ covered: `${dated} (created)`, algorithm, values: { '(created)': seconds }, parameters })),
    ).toBe('unauthorized')
  })
})

describe('headers that come twice or out of shape', () => {
  test.each(['Signature', 'Digest', 'Host', 'Date', 'Content-Type', 'Content-Length', 'Content-Digest'])(
    '%s',
    (name) => {
      const headers = forge()
      const value = headers[headers.indexOf(name) + 1] ?? '1'
      expect(outcome([...headers, name, value, name.toLowerCase(), value])).toBe('badRequest')
    },
  )

  test('another header that comes twice is joined, and so signed', () => {
    const covered = '(request-target) host date digest x-two'
    const headers = without(forge({ covered, headers: { 'X-Two': 'a, b' } }), 'X-Two')
    expect(outcome(['X-Two', 'a', ...headers, 'x-two', ' b\t'])).toBe(true)
    expect(outcome(['X-Two', 'b', ...headers, 'x-two', 'a'])).toBe(false)
  })

  test('two lengths, a folded line', () => {
    expect(outcome([...forge(), 'Content-Length', '188', 'Transfer-Encoding', 'chunked'])).toBe('badRequest')
    expect(outcome([...forge(), 'X-Folded', 'a\r\n b'])).toBe('badRequest')
  })

  const signature = `keyId="${KEY_ID}",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="AAAA"`
  const MALFORMED: [string, RefusalReason][] = [
    ['', 'badRequest'],
    ['Signature', 'badRequest'],
    [`${signature},`, 'badRequest'],
    [`,${signature}`, 'badRequest'],
    [`${signature},keyId="https://evil.example/key"`, 'badRequest'],
    [`${signature},signature="AAAA"`, 'badRequest'],
    [`${signature} extra`, 'badRequest'],
    [signature.replace('"AAAA"', '"AAA"'), 'badRequest'],
    [signature.replace('"AAAA"', '"AA A"'), 'badRequest'],
    [signature.replace('"AAAA"', '"AAB="'), 'badRequest'],
    [signature.replace('"AAAA"', '"AA-_"'), 'badRequest'],
    [signature.replace('"AAAA"', `"${'A'.repeat(1372)}"`), 'badRequest'],
    [signature.replace(/keyId="[^"]+",/, ''), 'badRequest'],
    [signature.replace(KEY_ID, ''), 'badRequest'],
    [signature.replace(KEY_ID, 'a b'), 'badRequest'],
    [signature.replace(KEY_ID, 'x'.repeat(2049)), 'badRequest'],
    [signature.replace(KEY_ID, 'x'.repeat(9000)), 'badRequest'],
    [signature.replace(',signature="AAAA"', ''), 'badRequest'],
    [signature.replace('host', '"host'), 'badRequest'],
    [`sig1=:AAAA:`, 'badRequest'],
    [signature.replace('rsa-sha256', 'none'), 'unauthorized'],
    [signature.replace('rsa-sha256', 'hmac-sha256'), 'unauthorized'],
    [signature.replace('rsa-sha256', 'constructor'), 'unauthorized'],
  ]
  test.each(MALFORMED)('%s', (header, reason) => {
    expect(outcome([...raw(plain), 'Signature', header])).toBe(reason)
  })

  test('no signature; the one of RFC 9421, so that its sender falls back', () => {
    expect(outcome(raw(plain))).toBe('unauthorized')
    expect(outcome([...raw(plain), 'Signature', 'sig1=:AAAA:', 'Signature-Input', 'sig1=();created=1'])).toBe(
      'unauthorized',
    )
  })

  test('a scheme before it, spaces in it, parameters of tomorrow', () => {
    const headers = forge()
    const spaced = headers.at(-1)!.replaceAll('",', '" , ')
    expect(outcome([...raw(plain), 'Signature', `Signature ${spaced},version="2"`])).toBe(true)
  })

  test('ten thousand random headers are read or refused, never more', () => {
    const pieces = [
      'keyId',
      'headers',
      'signature',
      '=',
      '"',
      ',',
      ' ',
      '\\',
      'AAAA',
      '(request-target) host date digest',
      'é',
      '"",',
      '="',
    ]
    let seed = 7
    const random = (max: number) => (seed = (seed * 48_271) % 2_147_483_647) % max
    for (let i = 0; i < 10_000; i++) {
      const header = Array.from({ length: random(14) }, () => pieces[random(pieces.length)]).join('')
      expect(outcome([...raw(plain), 'Signature', header])).toMatch(/badRequest|unauthorized/)
    }
  })
})
