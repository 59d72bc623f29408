import { LetterBox, LetterPreview, LetterTest } from '@hamlet/contract/letter-preview'
import { Type } from 'typebox'
import {
  isLetterKind,
  letterKinds,
  readLetterWords,
  sampleLetter,
  SIGNATURE,
  writeLetterWords,
} from '#features/letters'
import { team } from '#features/roles'
import { findUser } from '#features/users'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'

const PATH = '/api/web/admin/letters'
const mayRead = team('admin:read', 'manage_settings')
const mayWrite = team('admin:write', 'manage_settings')
const OneKind = Type.Object({ kind: Type.String({ maxLength: 40 }) })
const InLanguage = Type.Object({ language: Type.Optional(Type.String({ maxLength: 20 })) })
/** A letter is shown as a mail program would: its own style, and nothing else. */
const LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

async function presentBox(ctx: Context): Promise<LetterBox> {
  const words = await readLetterWords(ctx)
  return {
    signature: words.get(SIGNATURE) ?? '',
    letters: letterKinds.map((kind) => ({ kind, text: words.get(kind) ?? '' })),
    has_server: ctx.config.smtpUrl !== '',
    from: ctx.config.mailFrom,
  }
}

async function readSample(ctx: Context, kind: string, language = 'en') {
  if (!isLetterKind(kind)) throw notFound()
  return sampleLetter(ctx, kind, language)
}

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'List the letters that the server writes, with what the team adds to them',
  access: mayRead,
  response: LetterBox,
  handle: ({ ctx }) => presentBox(ctx),
})

const previewRoute = route({
  method: 'GET',
  path: `${PATH}/:kind`,
  summary: 'Show a letter as text, in a language, about nothing that happened',
  access: mayRead,
  params: OneKind,
  query: InLanguage,
  response: LetterPreview,
  handle: async ({ ctx, params, query }): Promise<LetterPreview> => {
    const { subject, text, language } = await readSample(ctx, params.kind, query.language)
    return { kind: params.kind, subject, text, language }
  },
})

const pageRoute = route({
  method: 'GET',
  path: `${PATH}/:kind/letter.html`,
  summary: 'Show the same as HTML',
  access: mayRead,
  params: OneKind,
  query: InLanguage,
  response: Type.String(),
  produces: 'text/html',
  handle: async ({ ctx, params, query, answer }) => {
    const { html } = await readSample(ctx, params.kind, query.language)
    answer.header('Content-Security-Policy', LETTER_POLICY)
    return html
  },
})

const writeRoute = route({
  method: 'PUT',
  path: `${PATH}/:kind`,
  summary: 'Set what the team adds to a kind of letter, or under all of them (`signature`)',
  access: mayWrite,
  params: OneKind,
  body: Type.Object({ text: Type.String({ maxLength: 10_000 }) }),
  response: LetterBox,
  handle: async ({ ctx, viewer, params, body }) => {
    await transact(ctx, (tx) => writeLetterWords(tx, viewer.accountId, params.kind, body.text))
    return presentBox(ctx)
  },
})

const testRoute = route({
  method: 'POST',
  path: `${PATH}/:kind/test`,
  summary: 'Send yourself a letter to try the mail, and say what came of it',
  access: mayWrite,
  params: OneKind,
  query: InLanguage,
  response: LetterTest,
  limit: { family: 'letter-tests', max: 20, windowMs: 3_600_000 },
  handle: async ({ ctx, viewer, params, query }): Promise<LetterTest> => {
    const letter = await readSample(ctx, params.kind, query.language)
    const person = await findUser(ctx, viewer.userId)
    if (!person) throw new Refusal('gone', 'You have no address here')
    try {
      await ctx.mail.send({ to: person.email, ...letter })
    } catch (error) {
      // The mail server's own words help whoever set it up; passwords are not in them.
      return { outcome: 'failed', to: person.email, problem: error instanceof Error ? error.message : String(error) }
    }
    return { outcome: ctx.config.smtpUrl === '' ? 'written' : 'sent', to: person.email, problem: null }
  },
})

export const mailRoutes = [listRoute, previewRoute, pageRoute, writeRoute, testRoute]
