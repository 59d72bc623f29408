import type { Fault, FormState } from '@hamlet/contract/pages'
import { fingerSubscribe, readHandle } from '#federation'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Page, PageContent, Redirect } from '#platform/http'

const LONGEST = 2048
const UNKNOWN = { name: 'notHandle', text: 'is not an address like you@example.org' }
const SILENT = { name: 'serverSilent', text: 'leads to a server that could not be reached, or does not know you' }

/** What lives here alone: the form must not send people from anywhere to anywhere. */
function readOurs(ctx: Context, value: unknown): string {
  const uri = typeof value === 'string' && value.length <= LONGEST ? value : ''
  if (!uri.startsWith(`${ctx.config.url}/`)) throw new Refusal('badRequest', 'This does not live here')
  return uri
}

/** Follow, answer or favourite from one's own server: asks where that is. It needs no script. */
const askPage: Page = {
  path: '/interact',
  method: 'GET',
  visit: async ({ ctx, viewer, query }) => {
    const uri = readOurs(ctx, query.uri)
    return viewer ? lead(uri) : ask(uri, { values: {}, errors: {} })
  },
}

const askForm: Page = {
  path: '/interact',
  method: 'POST',
  leadsAnywhere: true,
  limit: { family: 'interact', max: 20, windowMs: 5 * 60_000 },
  visit: async ({ ctx, body }) => {
    const uri = readOurs(ctx, body.uri)
    const address = typeof body.address === 'string' ? body.address.slice(0, LONGEST) : ''
    const refuse = (fault: Fault) => ask(uri, { values: { address }, errors: { address: fault }, status: 422 })
    const handle = readHandle(address)
    if (!handle) return refuse(UNKNOWN)
    try {
      const target = await fingerSubscribe(ctx, handle, uri)
      return target ? { redirect: target } : tellByHand(handle.host, uri)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return refuse(SILENT)
    }
  },
}

const ask = (uri: string, state: FormState): PageContent => ({ kind: 'interact', uri, ...state })

function tellByHand(host: string, uri: string): PageContent {
  return { kind: 'notice', notice: 'unknownWay', values: { host, uri } }
}

/** The app looks the address up and opens what it means. */
const lead = (uri: string): Redirect => ({ redirect: `/search?q=${encodeURIComponent(uri)}` })

/** Where other servers send our people (`subscribe` of WebFinger; mastodon-api 1.20). */
const arrivalPage: Page = {
  path: '/authorize_interaction',
  method: 'GET',
  visit: async ({ viewer, query, target }) => {
    const uri = [query.uri, query.acct].find((value) => typeof value === 'string' && value !== '')
    if (typeof uri !== 'string' || uri.length > LONGEST) throw new Refusal('badRequest', 'The parameter uri is missing')
    return viewer ? lead(uri.replace(/^acct:/, '@')) : { redirect: `/sign-in?next=${encodeURIComponent(target)}` }
  },
}

export const pages = [askPage, askForm, arrivalPage]
