import { expect, test } from 'vitest'
import { judge, type Facts, type Hold } from './verdict.ts'

const HOLDS: (Hold | undefined)[] = [undefined, 'approval', 'refuse']
const PARTS = ['name', 'mail', 'exchanger', 'disposable', 'network'] as const

/** Every combination of everything that a gate can know. */
function allFacts(): Facts[] {
  const some = PARTS.reduce<Facts[]>(
    (sum, part) => sum.flatMap((facts) => HOLDS.map((hold) => ({ ...facts, [part]: hold }))),
    [{}],
  )
  return some.flatMap((facts) =>
    [false, true].flatMap((isNoAddress) =>
      [undefined, 'refuse' as const].map((mailbox) => ({ ...facts, isNoAddress, mailbox })),
    ),
  )
}

test('the strictest of all that is known holds, in every combination', () => {
  const seen = { pass: 0, approval: 0, shut: 0, refused: 0 }
  for (const facts of allFacts()) {
    const said = JSON.stringify(facts)
    const verdict = judge(facts)
    seen[verdict.kind] += 1
    const holds = [...PARTS.map((part) => facts[part]), facts.mailbox]
    const isRefused = facts.isNoAddress || holds.includes('refuse')
    const isAsked = holds.includes('approval')
    if (facts.network === 'refuse') expect(verdict, said).toEqual({ kind: 'shut' })
    else if (isRefused) expect(verdict.kind, said).toBe('refused')
    else if (isAsked)
      expect(verdict, said).toEqual({ kind: 'approval', why: PARTS.filter((part) => facts[part] === 'approval') })
    else expect(verdict, said).toEqual({ kind: 'pass' })
    if (verdict.kind === 'refused' && facts.name === 'refuse') expect(verdict.field, said).toBe('username')
    if (verdict.kind === 'refused' && facts.name !== 'refuse') expect(verdict.field, said).toBe('email')
  }
  expect(Object.values(seen).reduce((sum, n) => sum + n, 0)).toBe(3 ** 5 * 4)
  expect(seen.pass).toBe(1)
  expect(seen.approval).toBe(2 ** 5 - 1)
})

test('a mailbox on the list is answered in the words of a provider that is not taken', () => {
  expect(judge({ mailbox: 'refuse' })).toEqual(judge({ mail: 'refuse' }))
})
