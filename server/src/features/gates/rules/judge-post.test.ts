import type { RuleCondition } from '@hamlet/contract/rule-grammar'
import { describe, expect, test } from 'vitest'
import { compileRules, type LiveRule } from './compile.ts'
import type { PostFacts } from './facts.ts'
import { judgePost } from './judge-post.ts'

const facts = (rest: Partial<PostFacts> = {}): PostFacts => ({
  statusId: null,
  accountId: '1',
  host: 'mill.example',
  uri: null,
  texts: ['Nothing of note, and a good deal of it besides. '.repeat(10)],
  linkHosts: ['news.example'],
  mentions: 1,
  strangers: 0,
  mediaHashes: ['LEHV6nWB2yk8pyo0adR*.7kCMdnj'],
  hasMedia: true,
  language: 'en',
  visibility: 'public',
  accountAgeDays: 100,
  postsBefore: 100,
  isFollowedHere: true,
  ...rest,
})
let next = 0
const rule = (...conditions: RuleCondition[]): LiveRule => ({
  id: String((next += 1)),
  title: '',
  version: 1,
  match: 'all',
  conditions,
  effects: [{ kind: 'unlist' }],
  public_text: '',
  expires_at: null,
})

/** A thousand rules of every kind that a team writes, each with a second condition beside. */
const thousand = Array.from({ length: 200 }, (_, n): LiveRule[] => [
  rule({ kind: 'text', words: [`coin${n}`, `double your ${n} coins`], whole: true }, { kind: 'younger', days: 7 }),
  rule({ kind: 'pattern', pattern: `(buy|get)\\s+tokens?${n}\\b` }, { kind: 'fewer_posts', posts: 5 }),
  rule({ kind: 'links', domains: [`spam-${n}.example`] }, { kind: 'followed', not: true }),
  rule({ kind: 'media', hashes: [n.toString(16).padStart(64, '0')] }),
  rule({ kind: 'origin', from: 'servers', servers: [`server-${n}.example`] }, { kind: 'mentions', at_least: 3 }),
]).flat()

describe('a thousand rules', () => {
  const set = compileRules(thousand)

  test('cost a harmless post one reading: not one of them is asked by itself', () => {
    expect(judgePost(set, facts(), 0)).toEqual({ hits: [], asked: 0 })
  })

  test('of a post that has something to do with three of them, three are asked', () => {
    const post = facts({
      texts: ['Get   tokens77 and COIN5'],
      linkHosts: ['a.spam-9.example'],
      accountAgeDays: 1,
      postsBefore: 1,
      isFollowedHere: true,
    })
    const { hits, asked } = judgePost(set, post, 0)
    expect(asked).toBe(3)
    expect(hits).toEqual([thousand[5 * 5], thousand[77 * 5 + 1]])
  })

  test('about servers ask only posts of theirs, and of what lies below them', () => {
    expect(judgePost(set, facts({ host: 'a.server-3.example', mentions: 3 }), 0)).toMatchObject({
      asked: 1,
      hits: [{}],
    })
    expect(judgePost(set, facts({ host: null, mentions: 3 }), 0).asked).toBe(0)
  })
})

test('rules that nothing can wake are asked of every post', () => {
  const set = compileRules([rule({ kind: 'younger', days: 3 }), rule({ kind: 'text', words: ['x'], whole: true })])
  expect(judgePost(set, facts({ accountAgeDays: 1 }), 0)).toMatchObject({ asked: 1, hits: [{}] })
})

test('a pattern takes time with the text and with nothing else', () => {
  const set = compileRules([
    rule({ kind: 'pattern', pattern: '(x+x+)+y' }),
    rule({ kind: 'pattern', pattern: '^(a|a)*$' }),
  ])
  expect(judgePost(set, facts({ texts: [`${'x'.repeat(5_000)}z`, `${'a'.repeat(5_000)}!`] }), 0).hits).toEqual([])
})

test('after a rule that rejects none is asked', () => {
  const rejecting: LiveRule = { ...rule({ kind: 'text', words: ['x'], whole: true }), effects: [{ kind: 'reject' }] }
  const set = compileRules([rejecting, rule({ kind: 'text', words: ['x'], whole: true })])
  expect(judgePost(set, facts({ texts: ['x'] }), 0).hits).toEqual([rejecting])
})
