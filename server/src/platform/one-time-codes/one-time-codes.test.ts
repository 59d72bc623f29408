import { expect, test } from 'vitest'
import { codeAt, drawQr, findStep, makeOtpSecret, otpAddress } from '#platform/one-time-codes'

/** RFC 6238, appendix B, whose secret is the text 12345678901234567890; six digits of its eight. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('at %i s the code is %s', (seconds, code) => {
  const now = new Date(seconds * 1000)
  expect(codeAt(RFC, now)).toBe(code)
  expect(findStep(RFC, code, now)).toBe(Math.floor(seconds / 30))
})

test('a code is good one step early and late, and names its own step; two steps away it is none', () => {
  const now = new Date(1_800_000_000_000)
  const step = now.getTime() / 30_000
  const later = (steps: number) => new Date(now.getTime() + steps * 30_000)
  const code = codeAt(RFC, now)
  expect([-2, -1, 0, 1, 2].map((off) => findStep(RFC, code, later(off)))).toEqual([
    undefined,
    step,
    step,
    step,
    undefined,
  ])
  for (const wrong of ['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', `${code} `])
    expect(findStep(RFC, wrong, now)).toBeUndefined()
})

test('secrets are long and new, and an app reads whose they are', () => {
  const secrets = new Set(Array.from({ length: 20 }, makeOtpSecret))
  expect(secrets.size).toBe(20)
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  const address = new URL(otpAddress(RFC, { issuer: 'Skerry: by the sea', label: 'noa@skerry.example' }))
  expect(address.protocol).toBe('otpauth:')
  expect(address.searchParams.get('secret')).toBe(RFC)
  expect(address.searchParams.get('issuer')).toBe('Skerry  by the sea')
})

test('the picture is square, with a border of four', () => {
  const { size, path } = drawQr('otpauth://totp/x?secret=AAAA')
  const cells = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
  expect(cells.length).toBeGreaterThan(100)
  for (const [x, y] of cells) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
    expect(Math.max(x, y)).toBeLessThan(size - 4)
  }
})
