import { Type } from 'typebox'
import { readSettings, readTexts, showTerms } from '#features/settings'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { renderSiteText } from '../present.ts'

const Text = Type.Object({ updated_at: Type.Union([Type.String(), Type.Null()]), content: Type.String() })
const Terms = Type.Object({
  effective_date: Type.String(),
  effective: Type.Boolean(),
  content: Type.String(),
  succeeded_by: Type.Union([Type.String(), Type.Null()]),
})

const descriptionRoute = route({
  method: 'GET',
  path: '/api/v1/instance/extended_description',
  summary: 'Describe this server at length; in a sentence where nothing longer is written',
  access: anyone,
  response: Text,
  handle: async ({ ctx }) => {
    const { text, updated_at } = (await readTexts(ctx)).extended_description
    const words = text === '' ? (await readSettings(ctx)).description : text
    return { updated_at, content: renderSiteText(ctx, words) }
  },
})

const privacyRoute = route({
  method: 'GET',
  path: '/api/v1/instance/privacy_policy',
  summary: 'Show how this server treats what people entrust to it; 404 where that is not written',
  access: anyone,
  response: Text,
  handle: async ({ ctx }) => {
    const { text, updated_at } = (await readTexts(ctx)).privacy_policy
    if (text === '') throw notFound()
    return { updated_at, content: renderSiteText(ctx, text) }
  },
})

async function answerTerms(ctx: Context, date?: string) {
  const terms = await showTerms(ctx, date)
  if (!terms) throw notFound()
  const { day: effective_date, isInForce: effective, succeededBy: succeeded_by } = terms
  return { effective_date, effective, content: renderSiteText(ctx, terms.text), succeeded_by }
}

const termsRoute = route({
  method: 'GET',
  path: '/api/v1/instance/terms_of_service',
  summary: 'Show the terms of service; 404 where there are none',
  access: anyone,
  response: Terms,
  handle: ({ ctx }) => answerTerms(ctx),
})

const datedTermsRoute = route({
  method: 'GET',
  path: '/api/v1/instance/terms_of_service/:date',
  summary: 'Show the terms of service that came into force on a day',
  access: anyone,
  params: Type.Object({ date: Type.String() }),
  response: Terms,
  handle: ({ ctx, params }) => answerTerms(ctx, params.date),
})

export const textRoutes = [descriptionRoute, privacyRoute, termsRoute, datedTermsRoute]
