import type { Page, PersonalPage } from '#platform/http'
import { transact } from '#platform/context'
import { notFound } from '#lib/refusal'
import { readUnsubscribeKey, unsubscribe } from './letters.ts'

type Call = Parameters<PersonalPage['visit']>[0]

/** The address carries it, as RFC 8058 has it; the form of the page names it again. */
const keyIn = ({ query, body }: Call): string => {
  const key = query.key ?? body.key
  return typeof key === 'string' ? key : ''
}

/** Under each letter to the team: a page that asks, since programs that look at mail follow links. */
export const letterPages: Page[] = [
  {
    path: '/unsubscribe',
    method: 'GET',
    visit: (call) => {
      const key = keyIn(call)
      const found = readUnsubscribeKey(call.ctx, key)
      if (!found) throw notFound()
      return Promise.resolve({ kind: 'unsubscribe', key, letter: found.letter })
    },
  },
  {
    path: '/unsubscribe',
    method: 'POST',
    // A mail program presses it, in whose name nobody is signed in: the key alone says what ends (RFC 8058, 3.1 and 3.2).
    fromAnywhere: true,
    visit: async (call) => {
      const letter = await transact(call.ctx, (tx) => unsubscribe(tx, keyIn(call)))
      return { kind: 'notice', notice: 'unsubscribed', values: { letter } }
    },
  },
]
