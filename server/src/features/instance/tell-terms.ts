import { createAnnouncement, readWish } from '#features/announcements'
import { sendLetter } from '#features/letters'
import { findTerms, lockTelling, setTold, type TermsVersion } from '#features/settings'
import { findUser, listMembers } from '#features/users'
import type { Id } from '#lib/id'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'

type Told = { termsId: Id }

/** So many letters are handed over at once; the next hundred follow in a job of their own. */
const AT_ONCE = 100
const DAY_MS = 86_400_000
/** How long the note in the app stands after the day from which on the terms count. */
const STANDS_DAYS = 14

const addressOf = (ctx: Context, day: string | null) => `${ctx.config.url}/terms-of-service/${day}`

/** One letter to one member; whoever left meanwhile gets none. */
export const mailTerms = defineJob<Told & { userId: Id }>({
  name: 'instance.mail-terms',
  class: 'slow',
  run: async (ctx, { termsId, userId }) => {
    const [terms, person] = [await findTerms(ctx, termsId), await findUser(ctx, userId)]
    if (!terms?.effective_on || !person) return
    const { changes, effective_on: date } = terms
    await sendLetter(ctx, person, 'termsChanged', { date, changes, link: addressOf(ctx, date) })
  },
})

/**
 * Tells the members of new terms of service: a letter each, and when all are handed over a note in the app. How far it
 * has come stands in the row of the terms, so that it goes on there after an interruption and nobody is told twice.
 */
export const tellOfTerms: JobKind<Told> = defineJob<Told>({
  name: 'instance.tell-terms',
  class: 'slow',
  run: (ctx, { termsId }) =>
    transact(ctx, async (tx) => {
      const until = await lockTelling(tx, termsId)
      const terms = await findTerms(tx, termsId)
      if (until === undefined || !terms) return
      const members = await listMembers(tx, until, AT_ONCE)
      for (const userId of members) await enqueue(tx, mailTerms, { termsId, userId })
      const last = members.at(-1)
      if (last !== undefined && members.length === AT_ONCE) {
        await setTold(tx, termsId, last)
        await enqueue(tx, tellOfTerms, { termsId })
        return
      }
      await setTold(tx, termsId, null)
      await createAnnouncement(tx, null, readWish(tx, noteOf(tx, terms)))
    }),
})

/** In the words of the team, where it wrote some. */
function noteOf(ctx: Context, { changes, effective_on: day }: TermsVersion) {
  const plain = `New terms of service count from ${day} on.`
  const now = ctx.clock.now()
  const ends = new Date(Math.max(Date.parse(`${day}T00:00:00Z`), now.getTime()) + STANDS_DAYS * DAY_MS)
  const text = `${changes === '' ? plain : changes}\n\n${addressOf(ctx, day)}`
  return { text, starts_at: now.toISOString(), ends_at: ends.toISOString() }
}
