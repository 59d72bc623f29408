import { Type } from 'typebox'
import { readSettings } from '#features/settings'
import { escapeHtml } from '#lib/escape'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { anyone, route } from '#platform/http'
import { findEmbeddable } from '../embed.ts'

/** OEmbed, rich (oembed.com 2.3.4.4; mastodon-api 1.6). */
const OEmbed = Type.Object({
  type: Type.Literal('rich'),
  version: Type.Literal('1.0'),
  title: Type.String(),
  author_name: Type.String(),
  author_url: Type.String(),
  provider_name: Type.String(),
  provider_url: Type.String(),
  cache_age: Type.Integer(),
  html: Type.String(),
  width: Type.Integer(),
  height: Type.Union([Type.Integer(), Type.Null()]),
})

const WIDTH = 400
const HEIGHT = 360
const ONE_DAY_S = 86_400
const Size = Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 }))

/** The parts of the address of a post's page; undefined when it is none of ours. */
function readPage(ctx: Context, url: string): { username: string; id: string } | undefined {
  const path = url.startsWith(`${ctx.config.url}/`) ? url.slice(ctx.config.url.length) : ''
  const [, username, id] = /^\/@([^/@]+)\/(\d+)\/?$/.exec(path) ?? []
  return username && id ? { username, id } : undefined
}

export const oembedRoute = route({
  method: 'GET',
  path: '/api/oembed',
  summary: 'Say how a public post of this server is shown on another site',
  access: anyone,
  query: Type.Object({ url: Type.String(), maxwidth: Size, maxheight: Size, format: Type.Optional(Type.String()) }),
  response: OEmbed,
  handle: async ({ ctx, query, answer }) => {
    const page = query.format === undefined || query.format === 'json' ? readPage(ctx, query.url) : undefined
    if (!page) throw notFound()
    const { account } = await findEmbeddable(ctx, page)
    const { title } = await readSettings(ctx)
    const width = Math.min(query.maxwidth ?? WIDTH, WIDTH)
    const height = query.maxheight === undefined ? null : Math.min(query.maxheight, HEIGHT)
    const name = account.display_name || account.username
    const frame = `${ctx.config.url}/@${page.username}/${page.id}/embed`
    answer.header('Cache-Control', `public, max-age=${ONE_DAY_S}`)
    return {
      type: 'rich' as const,
      version: '1.0' as const,
      title: `A post by ${name}`,
      author_name: name,
      author_url: account.url,
      provider_name: title,
      provider_url: `${ctx.config.url}/`,
      cache_age: ONE_DAY_S,
      html: `<iframe src="${escapeHtml(frame)}" title="${escapeHtml(name)}" width="${width}" height="${height ?? HEIGHT}" style="max-width: 100%; border: 0" loading="lazy" sandbox="allow-popups"></iframe>`,
      width,
      height,
    }
  },
})
