/** What is known of somebody who wants in. `refuse` shuts them out, `approval` leaves it to a moderator. */
export type Hold = 'refuse' | 'approval'
export type Facts = {
  /** The name, or one that looks like it, is kept back. */
  name?: Hold | undefined
  /** What was given as an address is none. */
  isNoAddress?: boolean | undefined
  /** The mail domain is kept out. */
  mail?: Hold | undefined
  /** Its mail is taken by hosts that are kept out. */
  exchanger?: Hold | undefined
  /** It gives anybody an address for ten minutes. */
  disposable?: Hold | undefined
  /** This very mailbox is kept out. */
  mailbox?: Hold | undefined
  /** The address or network of the machine. */
  network?: Hold | undefined
}

/** Why somebody waits who could have come in without a word. */
export type Why = 'name' | 'mail' | 'exchanger' | 'disposable' | 'network'

/** What a gate says. A refusal names the field and the code that apps know (mastodon-api 1.0, 422). */
export type Verdict =
  | { kind: 'pass' }
  /** A moderator lets the person in, or does not. */
  | { kind: 'approval'; why: Why[] }
  /** It is not about what was written: nobody signs up from there (403). */
  | { kind: 'shut' }
  | {
      kind: 'refused'
      field: 'username' | 'email'
      error: 'ERR_RESERVED' | 'ERR_BLOCKED' | 'ERR_INVALID'
      /** Goes on from the field's name: "Username is reserved". */
      description: string
    }

const WAITS: readonly Why[] = ['name', 'mail', 'exchanger', 'disposable', 'network']
const PROVIDER = {
  field: 'email',
  error: 'ERR_BLOCKED',
  description: 'comes from a provider that is not taken here',
} as const

/** The strictest of all that is known holds; of several that refuse, what the person can change least comes first. */
export function judge(facts: Facts): Verdict {
  if (facts.network === 'refuse') return { kind: 'shut' }
  if (facts.name === 'refuse')
    return { kind: 'refused', field: 'username', error: 'ERR_RESERVED', description: 'is reserved' }
  if (facts.isNoAddress)
    return { kind: 'refused', field: 'email', error: 'ERR_INVALID', description: 'is not an e-mail address' }
  if ([facts.mail, facts.exchanger, facts.disposable].includes('refuse')) return { kind: 'refused', ...PROVIDER }
  // The same words: who is on that list is told to nobody.
  if (facts.mailbox === 'refuse') return { kind: 'refused', ...PROVIDER }
  const why = WAITS.filter((one) => facts[one] === 'approval')
  return why.length > 0 ? { kind: 'approval', why } : { kind: 'pass' }
}
