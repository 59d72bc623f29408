import type { Letters } from '@hamlet/contract/letters'
import { sendLetter } from '#features/letters'
import type { Id } from '#lib/id'
import { defineJob } from '#platform/jobs'
import { findUser } from '../store.ts'

type FactorChange = Letters['factorChanged']['change']

/** How somebody comes in was changed: they hear of it, whoever did it. */
export const mailFactorChanged = defineJob<{ userId: Id; change: FactorChange }>({
  name: 'users.mail-factor-changed',
  run: async (ctx, { userId, change }) => {
    const person = await findUser(ctx, userId)
    if (person) await sendLetter(ctx, person, 'factorChanged', { change, link: `${ctx.config.url}/password` })
  },
})

export type Seen = { userId: Id; ip: string; userAgent: string; at: string }

/** Somebody knows the password, and not the second factor. */
export const mailFactorFailed = defineJob<Seen>({
  name: 'users.mail-factor-failed',
  run: async (ctx, seen) => {
    const person = await findUser(ctx, seen.userId)
    if (person) await sendLetter(ctx, person, 'factorFailed', { ...factsOf(seen), link: `${ctx.config.url}/password` })
  },
})

/** Somebody came in from where they never were before. */
export const mailNewPlace = defineJob<Seen>({
  name: 'users.mail-new-place',
  run: async (ctx, seen) => {
    const person = await findUser(ctx, seen.userId)
    if (person) await sendLetter(ctx, person, 'newPlace', { ...factsOf(seen), link: `${ctx.config.url}/password` })
  },
})

/** A browser may say anything of itself: the letter says the name that it knows in it. */
const factsOf = ({ ip, userAgent, at }: Seen) => ({ ip, at, browser: userAgent.slice(0, 1000) })
