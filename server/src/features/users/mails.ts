import { readSettings } from '#features/settings'
import type { Id } from '#lib/id'
import { transact } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { makeLink } from './links.ts'
import { findUser, findUserByEmail } from './store.ts'

/**
 * Mails of this room. The link is made when the mail is sent, so no secret lies in a job; a job that runs twice sends
 * a second mail whose link replaces the first.
 */
export const mailConfirmation = defineJob<{ userId: Id }>({
  name: 'users.mail-confirmation',
  run: async (ctx, { userId }) => {
    const person = await findUser(ctx, userId)
    if (!person || person.confirmed_at) return
    const { title } = await readSettings(ctx)
    const secret = await transact(ctx, (tx) => makeLink(tx, 'confirm', userId))
    await ctx.mail.send({
      to: person.email,
      subject: `Confirm your address for ${title}`,
      text: `Somebody signed up at ${ctx.config.domain} with this address. If it was you, confirm it here:\n\n${ctx.config.url}/confirm?key=${secret}\n\nThe link works for two days. If it was not you, do nothing: without it the account stays shut.\n`,
    })
  },
})

export const mailPassword = defineJob<{ userId: Id }>({
  name: 'users.mail-password',
  run: async (ctx, { userId }) => {
    const person = await findUser(ctx, userId)
    if (!person) return
    const { title } = await readSettings(ctx)
    const secret = await transact(ctx, (tx) => makeLink(tx, 'password', userId))
    await ctx.mail.send({
      to: person.email,
      subject: `A new password for ${title}`,
      text: `Somebody asked for a new password for your account at ${ctx.config.domain}. If it was you, choose it here:\n\n${ctx.config.url}/password/new?key=${secret}\n\nThe link works for two hours. If it was not you, do nothing: your password stays as it is.\n`,
    })
  },
})

/** Whoever has the account learns of a new password, also when somebody else chose it. */
export const mailPasswordChanged = defineJob<{ userId: Id }>({
  name: 'users.mail-password-changed',
  run: async (ctx, { userId }) => {
    const person = await findUser(ctx, userId)
    if (!person) return
    const { title } = await readSettings(ctx)
    await ctx.mail.send({
      to: person.email,
      subject: `Your password for ${title} was changed`,
      text: `The password of your account at ${ctx.config.domain} was changed. Other browsers and all apps are signed out. If it was not you, choose a new one here at once:\n\n${ctx.config.url}/password\n`,
    })
  },
})

/** To the new address, with the link that makes it the person's. */
export const mailNewEmail = defineJob<{ userId: Id }>({
  name: 'users.mail-new-email',
  run: async (ctx, { userId }) => {
    const person = await findUser(ctx, userId)
    if (!person?.new_email) return
    const { title } = await readSettings(ctx)
    const secret = await transact(ctx, (tx) => makeLink(tx, 'email', userId))
    await ctx.mail.send({
      to: person.new_email,
      subject: `Confirm your new address for ${title}`,
      text: `Somebody wants to use this address for their account at ${ctx.config.domain}. If it was you, confirm it here:\n\n${ctx.config.url}/confirm?key=${secret}\n\nThe link works for two days. If it was not you, do nothing.\n`,
    })
  },
})

/** To the old address, whose owner may know nothing of it. */
export const mailEmailAsked = defineJob<{ userId: Id }>({
  name: 'users.mail-email-asked',
  run: async (ctx, { userId }) => {
    const person = await findUser(ctx, userId)
    if (!person) return
    const { title } = await readSettings(ctx)
    await ctx.mail.send({
      to: person.email,
      subject: `Another address for your account at ${title}`,
      text: `Somebody who knows your password asked to use another address for your account at ${ctx.config.domain}. If it was not you, choose a new password here at once:\n\n${ctx.config.url}/password\n`,
    })
  },
})

/** A moderator let them in. Whoever has not confirmed the address yet is told by the page that confirms it. */
export const mailApproved = defineJob<{ userId: Id }>({
  name: 'users.mail-approved',
  run: async (ctx, { userId }) => {
    const person = await findUser(ctx, userId)
    if (!person?.confirmed_at) return
    const { title } = await readSettings(ctx)
    await ctx.mail.send({
      to: person.email,
      subject: `Welcome to ${title}`,
      text: `The moderators of ${ctx.config.domain} have read your request to join: you are in. Sign in here:\n\n${ctx.config.url}/sign-in\n`,
    })
  },
})

/** The person is gone when this is sent, so the job carries the address. */
export const mailRejected = defineJob<{ email: string }>({
  name: 'users.mail-rejected',
  run: async (ctx, { email }) => {
    const { title } = await readSettings(ctx)
    await ctx.mail.send({
      to: email,
      subject: `Your request to join ${title}`,
      text: `The moderators of ${ctx.config.domain} have read your request to join, and have decided not to take it up. There are many other servers: any of them lets you follow people here.\n`,
    })
  },
})

/** Whoever signs up with an address that is known here must not learn so; its owner is told instead (reliability AU-14). */
export const mailAlreadyHere = defineJob<{ email: string }>({
  name: 'users.mail-already-here',
  run: async (ctx, { email }) => {
    const person = await findUserByEmail(ctx, email)
    if (!person) return
    await ctx.mail.send({
      to: person.email,
      subject: `You already have an account at ${ctx.config.domain}`,
      text: `Somebody tried to sign up at ${ctx.config.domain} with your address. You are there already. If it was you, sign in, or ask for a new password:\n\n${ctx.config.url}/sign-in\n${ctx.config.url}/password\n`,
    })
  },
})
