import { expect, test } from 'vitest'
import { isProven, renderProof, type Findings } from '../../scripts/proof/report.ts'

const kept: Findings = {
  crashes: { acknowledged: 300, lost: 0, doubled: 0, reached: 300, doubledAway: 0, kills: 5, seconds: 70 },
  hostility: { forgeries: 39, believed: [], written: 0, baits: 58, privateRequests: 0, seconds: 4 },
  privacy: [
    { forbidden: 258, wanted: 290, leaked: [], missing: [] },
    { forbidden: 258, wanted: 290, leaked: [], missing: [] },
  ],
  privacySeconds: 5,
}

test('the proof sums up what was tried in both towns', () => {
  expect(isProven(kept)).toBe(true)
  const table = renderProof(kept, 80)
  expect(table).toContain('| reached B | 300 of 300 |  |')
  expect(table).toContain('| leaked: audience × reader × way to read, in both towns | 0 of 516 | 5.0 |')
})

test.each<[string, Findings]>([
  ['lost', { ...kept, crashes: { ...kept.crashes, lost: 1 } }],
  ['doubled', { ...kept, crashes: { ...kept.crashes, doubled: 1 } }],
  ['not arrived', { ...kept, crashes: { ...kept.crashes, reached: 299 } }],
  ['doubled away', { ...kept, crashes: { ...kept.crashes, doubledAway: 1 } }],
  ['nothing acknowledged', { ...kept, crashes: { ...kept.crashes, acknowledged: 0, reached: 0 } }],
  ['a forgery believed', { ...kept, hostility: { ...kept.hostility, believed: ['unsigned'] } }],
  ['a row written', { ...kept, hostility: { ...kept.hostility, written: 1 } }],
  ['a private address asked', { ...kept, hostility: { ...kept.hostility, privateRequests: 1 } }],
])('one fault is no proof: %s', (_name, findings) => {
  expect(isProven(findings)).toBe(false)
  expect(renderProof(findings, 80)).toContain('**')
})

test('what leaked and what is missing is named', () => {
  const walk = {
    forbidden: 1,
    wanted: 1,
    leaked: ['direct post, stranger, home'],
    missing: ['public post, author, home'],
  }
  const findings = { ...kept, privacy: [walk] }
  expect(isProven(findings)).toBe(false)
  const table = renderProof(findings, 80)
  expect(table).toContain('leaked: direct post, stranger, home')
  expect(table).toContain('missing: public post, author, home')
})
