import { TeamTexts } from '@hamlet/contract/site-texts'
import { Type } from 'typebox'
import { team } from '#features/roles'
import {
  changeText,
  dropTermsDraft,
  findTermsDraft,
  isKeptText,
  listTerms,
  LONGEST_TEXT,
  publishTerms,
  readTexts,
  writeTermsDraft,
} from '#features/settings'
import { countMembers } from '#features/users'
import { invalid, notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'
import { renderSiteText } from '../present.ts'

const PATH = '/api/web/admin/texts'
const TERMS = '/api/web/admin/terms'
const mayWrite = team('admin:write', 'manage_settings')
const text = Type.String({ maxLength: 4 * LONGEST_TEXT })

async function present(ctx: Context): Promise<TeamTexts> {
  const { extended_description, privacy_policy } = await readTexts(ctx)
  const [terms, draft] = [await listTerms(ctx), await findTermsDraft(ctx)]
  return { extended_description, privacy_policy, terms, draft: draft ?? null, members: await countMembers(ctx) }
}

const listRoute = route({
  method: 'GET',
  path: PATH,
  summary: 'Show what the team says at length, as it typed it, with all versions of the terms of service',
  access: team('admin:read', 'manage_settings'),
  response: TeamTexts,
  handle: ({ ctx }) => present(ctx),
})

const changeRoute = route({
  method: 'PUT',
  path: `${PATH}/:name`,
  summary: 'Write the extended description or the privacy policy; empty takes it away',
  access: mayWrite,
  params: Type.Object({ name: Type.String() }),
  body: Type.Object({ text }),
  response: TeamTexts,
  handle: async ({ ctx, viewer, params: { name }, body }) => {
    if (!isKeptText(name)) throw notFound()
    await transact(ctx, (tx) => changeText(tx, viewer.accountId, name, body.text))
    return present(ctx)
  },
})

const previewRoute = route({
  method: 'POST',
  path: '/api/web/admin/text_preview',
  summary: 'Show a text as visitors would see it; nothing is kept',
  access: mayWrite,
  body: Type.Object({ text }),
  response: Type.Object({ html: Type.String() }),
  handle: async ({ ctx, body }) => {
    if (body.text.length > LONGEST_TEXT) throw invalid(`A text may have ${LONGEST_TEXT} characters at most`)
    return { html: renderSiteText(ctx, body.text) }
  },
})

const draftRoute = route({
  method: 'PUT',
  path: `${TERMS}/draft`,
  summary: 'Keep what the next terms of service are to say',
  access: mayWrite,
  body: Type.Object({ text, changes: Type.Optional(Type.String({ maxLength: 20_000 })) }),
  response: TeamTexts,
  handle: async ({ ctx, viewer, body }) => {
    const wish = { text: body.text, changes: body.changes ?? '' }
    await transact(ctx, (tx) => writeTermsDraft(tx, viewer.accountId, wish))
    return present(ctx)
  },
})

const dropRoute = route({
  method: 'DELETE',
  path: `${TERMS}/draft`,
  summary: 'Throw the draft of the next terms of service away',
  access: mayWrite,
  response: TeamTexts,
  handle: async ({ ctx, viewer }) => {
    await transact(ctx, (tx) => dropTermsDraft(tx, viewer.accountId))
    return present(ctx)
  },
})

const publishRoute = route({
  method: 'POST',
  path: `${TERMS}/publish`,
  summary: 'Publish the draft of the terms of service for a day, and tell every member',
  access: mayWrite,
  body: Type.Object({ effective_on: Type.String({ maxLength: 30 }) }),
  response: TeamTexts,
  handle: async ({ ctx, viewer, body }) => {
    await transact(ctx, (tx) => publishTerms(tx, viewer.accountId, body.effective_on))
    return present(ctx)
  },
})

export const teamTextRoutes = [listRoute, changeRoute, previewRoute, draftRoute, dropRoute, publishRoute]
