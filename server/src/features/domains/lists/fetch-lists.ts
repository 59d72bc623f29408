import type { Id } from '#lib/id'
import { isLoopbackName, parseHttpUrl } from '#lib/host'
import { invalid, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type Schedule } from '#platform/jobs'
import { requireOk } from '#platform/net'
import { importList } from './import-list.ts'

const MAX_BYTES = 2 * 1_048_576
const TIMEOUT_MS = 20_000

/** The address of a list; plain http only towards test networks, which the configuration names. */
export function readListUrl(ctx: Context, text: string): string {
  const url = parseHttpUrl(text.trim())
  const isTest = ctx.config.allowPrivateNetworks.length > 0 && url !== undefined && isLoopbackName(url.hostname)
  if (!url || (url.protocol !== 'https:' && !isTest)) throw invalid('Validation failed: Url must begin with https://')
  return url.href
}

/** Reads a list anew. What went wrong is written down for the team and tried again the next day. */
export const fetchList = defineJob<{ listId: Id }>({
  name: 'domains.fetch-list',
  class: 'fetch',
  maxAttempts: 3,
  orderingKey: ({ listId }) => `list:${listId}`,
  run: async (ctx, { listId }) => {
    const list = await ctx.db.selectFrom('domain_lists').select('url').where('id', '=', listId).executeTakeFirst()
    if (!list?.url) return
    try {
      const content = await download(ctx, list.url)
      await transact(ctx, (tx) => importList(tx, listId, content))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const tried_at = ctx.clock.now().toISOString()
      const problem = error.message.slice(0, 500)
      await ctx.db.updateTable('domain_lists').set({ problem, tried_at }).where('id', '=', listId).execute()
    }
  },
})

async function download(ctx: Context, url: string): Promise<string> {
  const response = await ctx.net.request(url, {
    method: 'GET',
    accept: 'text/csv, text/plain',
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    allowTypes: ['text/csv', 'text/plain', 'application/csv', 'application/octet-stream'],
  })
  return requireOk(response).body.toString('utf8')
}

const fetchLists = defineJob<Record<string, never>>({
  name: 'domains.fetch-lists',
  class: 'slow',
  run: async (ctx) => {
    const lists = await ctx.db.selectFrom('domain_lists').select('id').where('url', 'is not', null).execute()
    for (const { id } of lists) await transact(ctx, (tx) => enqueue(tx, fetchList, { listId: id }))
  },
})

export const listSchedules: Schedule[] = [{ job: fetchLists, everySeconds: 24 * 3_600 }]
