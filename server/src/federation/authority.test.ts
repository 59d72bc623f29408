import { describe, expect, test } from 'vitest'
import {
  authorOf,
  type Claim,
  judge,
  judgeFetched,
  type Known,
  ownId,
  type Proof,
  trustsEmbedded,
} from './authority.ts'

const A = 'https://far.example/users/a'
const B = 'https://far.example/users/b'
const VICTIM = 'https://victim.example/users/v'
const US = 'https://us.example/users/me'
const NOTE = 'https://far.example/notes/1'
const byA: Proof = { by: 'key', actor: A }
const by = (...ids: string[]) => ids.map((id) => ({ id }))

/** What A says of A's own note, fully embedded, unless a row says otherwise. */
function claim(type: string, change: Partial<Claim> = {}): Claim {
  return {
    type,
    id: `${A}#${type}`,
    actor: A,
    objectId: NOTE,
    objectType: 'Note',
    objectEmbedded: true,
    objectAttributedTo: by(A),
    ...change,
  }
}
const act = (change: Partial<Claim> = {}): Partial<Claim> => ({
  objectType: undefined,
  objectEmbedded: false,
  objectAttributedTo: undefined,
  ...change,
})
const inner = (objectType: string, change: Partial<Claim> = {}) =>
  act({ objectId: `${A}/acts/1`, objectType, objectEmbedded: true, objectActor: A, ...change })

type Row = [name: string, type: string, change: Partial<Claim>, expected: string, known?: Known]
const pinned: Known = { actorCollections: [`${A}/featured`] }

const TABLE: Row[] = [
  ['a post of one’s own', 'Create', {}, 'allow'],
  [
    'with a community beside its author',
    'Create',
    {
      objectAttributedTo: [
        { id: A, type: 'Person' },
        { id: B, type: 'Group' },
      ],
    },
    'allow',
  ],
  [
    'with a community before its author',
    'Create',
    {
      objectAttributedTo: [
        { id: B, type: 'Group' },
        { id: A, type: 'Person' },
      ],
    },
    'allow',
  ],
  ['of a community itself', 'Create', { objectAttributedTo: [{ id: A, type: 'Group' }] }, 'allow'],
  ['as an address to fetch', 'Create', { objectEmbedded: false, objectAttributedTo: undefined }, 'allow'],
  ['known to be one’s own', 'Create', {}, 'allow', { objectOwner: A }],
  ['of a neighbour', 'Create', { objectAttributedTo: by(B) }, 'author'],
  ['of a neighbour first', 'Create', { objectAttributedTo: by(B, A) }, 'author'],
  [
    'of a neighbour, oneself called a community',
    'Create',
    { objectAttributedTo: [{ id: A, type: 'Group' }, { id: B }] },
    'author',
  ],
  ['of nobody', 'Create', { objectAttributedTo: [] }, 'author'],
  ['of somebody elsewhere', 'Create', { objectAttributedTo: by(VICTIM) }, 'author'],
  ['that lies elsewhere', 'Create', { objectId: 'https://victim.example/notes/1' }, 'origin'],
  [
    'that lies elsewhere, as an address',
    'Create',
    { objectId: 'https://victim.example/notes/1', objectEmbedded: false },
    'origin',
  ],
  ['that is stored as another’s (CVE-2024-37903)', 'Create', {}, 'owner', { objectOwner: B }],
  ['without an id', 'Create', { objectId: undefined }, 'malformed'],
  ['that is a person', 'Create', { objectId: B, objectType: 'Person' }, 'owner'],

  ['oneself', 'Update', { objectId: A, objectType: 'Person', objectAttributedTo: [] }, 'allow'],
  ['a post of one’s own', 'Update', { objectType: 'Question' }, 'allow', { objectOwner: A }],
  ['a neighbour', 'Update', { objectId: B, objectType: 'Service' }, 'owner'],
  ['a neighbour dressed as a post', 'Update', { objectId: B }, 'owner', { objectOwner: B }],
  ['a person elsewhere', 'Update', { objectId: VICTIM, objectType: 'Person' }, 'origin'],
  ['a neighbour’s post', 'Update', { objectAttributedTo: by(B) }, 'author'],
  ['a neighbour’s post, claimed as one’s own', 'Update', {}, 'owner', { objectOwner: B }],

  ['oneself', 'Delete', act({ objectId: A }), 'allow'],
  ['a post of one’s own', 'Delete', act({ objectType: 'Tombstone' }), 'allow', { objectOwner: A }],
  ['a post not known here', 'Delete', act(), 'allow'],
  ['a stamp of one’s own', 'Delete', { objectType: 'QuoteAuthorization' }, 'allow'],
  ['a neighbour’s post (5.1)', 'Delete', act(), 'owner', { objectOwner: B }],
  ['a post that says it is a neighbour’s', 'Delete', { objectAttributedTo: by(B) }, 'author'],
  ['a neighbour', 'Delete', act({ objectId: B, objectType: 'Person' }), 'owner'],
  ['a neighbour, as an address', 'Delete', act({ objectId: B }), 'owner', { objectOwner: B }],
  ['a post elsewhere', 'Delete', act({ objectId: 'https://victim.example/notes/1' }), 'origin'],
  ['nothing', 'Delete', act({ objectId: undefined }), 'malformed'],

  ['a follow of one’s own', 'Undo', inner('Follow'), 'allow'],
  ['a like of one’s own without an id', 'Undo', inner('Like', { objectId: undefined }), 'allow'],
  ['an act by its address', 'Undo', act({ objectId: `${A}/acts/1` }), 'allow'],
  ['a neighbour’s follow (5.2)', 'Undo', inner('Follow', { objectActor: B }), 'owner'],
  ['a follow of nobody', 'Undo', inner('Follow', { objectActor: undefined }), 'owner'],
  ['a neighbour’s act by its address', 'Undo', act({ objectId: `${B}/acts/1` }), 'owner', { objectOwner: B }],
  ['an act elsewhere', 'Undo', act({ objectId: `${VICTIM}/acts/1` }), 'origin'],

  ...['Accept', 'Reject'].flatMap((type): Row[] => [
    ['a follow of oneself', type, inner('Follow', { objectActor: US, objectObject: A }), 'allow'],
    ['a follow of oneself, as stored', type, act({ objectId: `${US}/follows/1` }), 'allow', { requestTarget: A }],
    ['a follow by its number (Friendica)', type, act({ objectId: '42' }), 'allow'],
    ['a quote of one’s post', type, inner('QuoteRequest', { objectActor: US, objectObject: NOTE }), 'allow'],
    [
      'with a stamp of one’s own',
      type,
      inner('QuoteRequest', { objectObject: NOTE, result: `${A}/stamps/1` }),
      'allow',
    ],
    ['a follow of a neighbour (5.3)', type, inner('Follow', { objectActor: US, objectObject: B }), 'target'],
    ['a follow of somebody elsewhere', type, inner('Follow', { objectActor: US, objectObject: VICTIM }), 'target'],
    ['a request stored as made to a neighbour', type, act(), 'target', { requestTarget: B }],
    [
      'a request told otherwise than stored',
      type,
      inner('Follow', { objectObject: A }),
      'target',
      { requestTarget: B },
    ],
    [
      'a quote of a post elsewhere',
      type,
      inner('QuoteRequest', { objectObject: 'https://victim.example/notes/1' }),
      'target',
    ],
    [
      'with a stamp from elsewhere (CVE-2026-33869)',
      type,
      inner('QuoteRequest', { objectObject: NOTE, result: `${VICTIM}/1` }),
      'origin',
    ],
  ]),

  ...['Add', 'Remove'].flatMap((type): Row[] => [
    ['one’s post to what one pins', type, act({ target: `${A}/featured` }), 'allow', { ...pinned, objectOwner: A }],
    ['a hashtag', type, act({ target: `${A}/featured`, objectType: 'Hashtag', objectId: undefined }), 'allow', pinned],
    ['to what a neighbour pins (5.12)', type, act({ target: `${B}/featured` }), 'target', pinned],
    ['to a collection not known', type, act({ target: `${A}/featured` }), 'target'],
    ['to nothing', type, act(), 'target', pinned],
    [
      'to a collection elsewhere',
      type,
      act({ target: `${VICTIM}/x` }),
      'origin',
      { actorCollections: [`${VICTIM}/x`] },
    ],
    ['a neighbour’s post', type, act({ target: `${A}/featured` }), 'owner', { ...pinned, objectOwner: B }],
    [
      'a post that says it is a neighbour’s',
      type,
      { target: `${A}/featured`, objectAttributedTo: by(B) },
      'author',
      pinned,
    ],
    ['a post elsewhere', type, act({ target: `${A}/featured`, objectId: VICTIM }), 'origin', pinned],
  ]),

  ['oneself', 'Move', act({ objectId: A, target: VICTIM }), 'allow'],
  ['a neighbour (3.5)', 'Move', act({ objectId: B, target: VICTIM }), 'owner'],
  ['to oneself', 'Move', act({ objectId: A, target: A }), 'target'],
  ['to nowhere', 'Move', act({ objectId: A }), 'target'],

  ['a quote in one’s own post', 'QuoteRequest', act({ objectId: `${US}/1`, instrument: NOTE }), 'allow'],
  ['a quote in a post elsewhere', 'QuoteRequest', act({ objectId: `${US}/1`, instrument: VICTIM }), 'origin'],
  ['a quote in nothing', 'QuoteRequest', act({ objectId: `${US}/1` }), 'malformed'],

  ...['Follow', 'Like', 'EmojiReact', 'Dislike', 'Block', 'Announce', 'Flag'].flatMap((type): Row[] => [
    ['anybody', type, act({ objectId: US }), 'allow'],
    ['something stored as another’s', type, act({ objectId: US }), 'allow', { objectOwner: US }],
    ['nothing', type, act({ objectId: undefined }), 'malformed'],
    ['no address', type, act({ objectId: 'javascript:alert(1)' }), 'malformed'],
  ]),

  ...['View', 'Question', '', 'constructor', '__proto__'].map((type): Row => ['anything', type, {}, 'unknown']),
]

test.each(TABLE)('%s: %s', (...[, type, change, expected, known]) => {
  expect(judge(claim(type, change), byA, known)).toEqual(expected === 'allow' ? 'allow' : { refuse: expected })
})

describe('who speaks', () => {
  test.each(['Create', 'Update', 'Delete', 'Like', 'Announce'])('%s: the key must be the actor’s own', (type) => {
    const said = claim(type)
    expect(judge(said, byA)).toBe('allow')
    expect(judge(said, { by: 'key', actor: B })).toEqual({ refuse: 'signer' })
    expect(judge(said, { by: 'key', actor: VICTIM })).toEqual({ refuse: 'signer' })
    expect(judge({ ...said, actor: VICTIM }, byA)).toEqual({ refuse: 'signer' })
    expect(judge(said, { by: 'key', actor: 'rubbish' })).toEqual({ refuse: 'malformed' })
  })

  test('a document speaks for its own address only', () => {
    const said = claim('Create', { id: `${NOTE}/activity` })
    expect(judge(said, { by: 'origin', url: `${NOTE}/activity` })).toBe('allow')
    expect(judge(said, { by: 'origin', url: `${NOTE}/other` })).toEqual({ refuse: 'origin' })
    expect(judge(said, { by: 'origin', url: 'https://evil.example/x' })).toEqual({ refuse: 'origin' })
    expect(judge({ ...said, id: undefined }, { by: 'origin', url: NOTE })).toEqual({ refuse: 'origin' })
  })

  test('that an account is gone is not believed from a document', () => {
    const gone = claim('Delete', { id: `${A}/gone`, objectId: A })
    expect(judge(gone, { by: 'origin', url: `${A}/gone` })).toEqual({ refuse: 'signer' })
  })
})

/** Spellings that look like the victim to one parser and not to another (3.1). */
const DECEITS = [
  'https://victim.example.evil/notes/1',
  'https://victim.example@far.example/notes/1',
  'https://far.example@victim.example/notes/1',
  'https://@far.example/notes/1',
  'https://far.example#https://victim.example/notes/1',
  'https://far.example\\@victim.example/notes/1',
  'https:\\\\far.example\\notes\\1',
  'https://far\t.example/notes/1',
  ' https://far.example/notes/1',
  'https://far.example/notes/1\n',
  'https:/far.example/notes/1',
  'https:far.example/notes/1',
  'https:///far.example/notes/1',
  '//far.example/notes/1',
  'https://far.example./notes/1',
  'https://far.example:8443/notes/1',
  'http://far.example/notes/1',
  'https://sub.far.example/notes/1',
  'https://fаr.example/notes/1',
  'acct:a@far.example',
  'urn:uuid:1',
  '',
]

describe('ids that deceive', () => {
  test.each(DECEITS.filter((id) => id !== 'https://far.example#https://victim.example/notes/1'))(
    '%j is not on far.example',
    (id) => {
      expect(judge(claim('Create', { objectId: id }), byA)).toEqual({
        refuse: expect.stringMatching(/origin|malformed/),
      })
      expect(judge(claim('Create', { actor: id }), byA)).not.toBe('allow')
    },
  )

  test.each(DECEITS)('%j is never taken for the victim’s', (id) => {
    const victims = { by: 'key', actor: VICTIM } as const
    expect(judge(claim('Create', { actor: VICTIM, objectId: id, objectAttributedTo: by(VICTIM) }), victims)).not.toBe(
      'allow',
    )
  })

  test.each(['HTTPS://FAR.EXAMPLE/notes/1', 'https://far.example:443/notes/1', 'https://ｆａｒ.example/notes/1'])(
    '%s is',
    (id) => {
      expect(judge(claim('Create', { objectId: id }), byA)).toBe('allow')
    },
  )
})

describe('what else follows from origins', () => {
  test('an id on another host is no id (A2)', () => {
    expect(ownId(claim('Like'))).toBe(`${A}#Like`)
    expect(ownId(claim('Like', { id: `${VICTIM}#Like` }))).toBeUndefined()
    expect(ownId(claim('Like', { id: undefined }))).toBeUndefined()
  })

  test('an embedded object is used only when it is the actor’s own (A4)', () => {
    expect(trustsEmbedded(claim('Announce'))).toBe(true)
    expect(trustsEmbedded(claim('Announce', { objectEmbedded: false }))).toBe(false)
    expect(trustsEmbedded(claim('Announce', { objectAttributedTo: by(B) }))).toBe(false)
    expect(trustsEmbedded(claim('Announce', { objectId: `${VICTIM}/1`, objectAttributedTo: by(A) }))).toBe(false)
  })

  test('a fetched object is what its address says', () => {
    const fetched = { id: NOTE, attributedTo: by(A) }
    expect(judgeFetched(fetched, NOTE)).toBe('allow')
    expect(judgeFetched({ ...fetched, id: 'https://victim.example/notes/1' }, NOTE)).toEqual({ refuse: 'origin' })
    expect(judgeFetched(fetched, `${NOTE}/`)).toEqual({ refuse: 'origin' })
    expect(judgeFetched({ ...fetched, id: undefined }, NOTE)).toEqual({ refuse: 'malformed' })
    expect(judgeFetched({ ...fetched, attributedTo: by(VICTIM) }, NOTE)).toEqual({ refuse: 'author' })
    expect(judgeFetched({ ...fetched, attributedTo: [] }, NOTE)).toEqual({ refuse: 'author' })
  })

  test('the author is the first that is no community', () => {
    expect(authorOf([])).toBeUndefined()
    expect(authorOf([{ id: B, type: 'Group' }, { id: A }])).toBe(A)
    expect(authorOf([{ id: B, type: 'Group' }])).toBe(B)
  })
})
