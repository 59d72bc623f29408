import { expect, test } from 'vitest'
import type { PolicyRow } from '../policies/store.ts'
import { diffList, keyOf } from './diff.ts'
import { readList } from './read-list.ts'

const heads: [string, string][] = [
  [
    'Mastodon and Oliphant',
    '#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\na.example,suspend,True,true,"spam, and more",FALSE\n',
  ],
  [
    'FediBlockHole',
    'domain,severity,public_comment,private_comment,reject_media,reject_reports,obfuscate\na.example,suspend,"spam, and more",x,1,TRUE,\n',
  ],
  [
    'other order, other letters',
    '\uFEFFDomain,Obfuscate,Public_Comment,Reject_Reports,Reject_Media,Severity\r\nA.Example.,no,"spam, and more",yes,yes,Suspend\r\n',
  ],
]
for (const [name, text] of heads)
  test(`a list is read: ${name}`, () =>
    expect(readList(text)).toEqual({
      unread: 0,
      entries: [
        {
          host: 'a.example',
          severity: 'suspend',
          reject_media: true,
          reject_reports: true,
          obfuscate: false,
          reason: 'spam, and more',
        },
      ],
    }))

test('bare names are servers to shut out; what names no server is counted and left', () => {
  const { entries, unread } = readList(
    '# comment\na.example\nb***.example\nlocalhost\n\nb.example,limit\nc.example,burn\na.example\n',
  )
  expect(entries.map(({ host, severity }) => [host, severity])).toEqual([
    ['a.example', 'suspend'],
    ['b.example', 'silence'],
  ])
  expect(unread).toBe(3)
})

const listId = '7'
const policy = (host: string, severity: PolicyRow['severity'], list_id: string | null) => ({
  id: '1',
  host,
  severity,
  reject_media: false,
  reject_reports: false,
  obfuscate: false,
  private_comment: '',
  public_comment: '',
  expires_at: null,
  created_at: '',
  list_id,
})
const entry = (host: string, severity: PolicyRow['severity']) => ({
  host,
  severity,
  reject_media: false,
  reject_reports: false,
  obfuscate: false,
  reason: 'spam',
})

test('what a list asks for beside today: new, stricter, milder, gone; what was decided by hand stays', () => {
  const policies = [
    policy('same.example', 'suspend', listId),
    policy('stricter.example', 'silence', listId),
    policy('milder.example', 'suspend', listId),
    policy('gone.example', 'suspend', listId),
    policy('hand.example', 'silence', null),
    policy('other-list.example', 'suspend', '8'),
    policy('parent.example', 'suspend', null),
  ]
  const entries = [
    entry('new.example', 'suspend'),
    entry('same.example', 'suspend'),
    entry('stricter.example', 'suspend'),
    entry('milder.example', 'silence'),
    entry('hand.example', 'suspend'),
    entry('other-list.example', 'silence'),
    entry('below.parent.example', 'suspend'),
    entry('harmless.example', 'noop'),
    entry('own.example', 'suspend'),
  ]
  const today = { listId, policies, declined: new Set<string>(), isOwn: (host: string) => host === 'own.example' }
  const { drafts, same, pinned } = diffList(entries, today)
  expect(drafts.map(({ host, change }) => [host, change])).toEqual([
    ['new.example', 'new'],
    ['stricter.example', 'stricter'],
    ['milder.example', 'milder'],
    ['gone.example', 'gone'],
  ])
  expect([same, pinned]).toEqual([4, 1])
  const declined = new Set(drafts.filter(({ change }) => change === 'new').map(keyOf))
  expect(diffList(entries, { ...today, declined }).drafts.map(({ host }) => host)).not.toContain('new.example')
})
