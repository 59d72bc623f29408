import { Type } from 'typebox'
import type { Context } from '#platform/context'
import { linkPages, type Answer } from '#platform/http'
import type { Window } from './trends.ts'

export const Page = { limit: Type.Optional(Type.Integer()), offset: Type.Optional(Type.Integer()) }

/** What is asked for, within bounds; trends are short, so that far offsets find nothing. */
export function readWindow(query: { limit?: number; offset?: number }, usual: number, most: number): Window {
  return {
    limit: Math.min(Math.max(query.limit ?? usual, 1), most),
    offset: Math.min(Math.max(query.offset ?? 0, 0), 10_000),
  }
}

/** Pages of these lists are places in an order that changes: offsets, both ways (mastodon-api 1.13). */
export function linkWindow(
  call: { ctx: Context; answer: Answer; target: string },
  { limit, offset }: Window,
  count: number,
): void {
  linkPages(call.answer, call.ctx.config.url, call.target, {
    ...(count === limit ? { next: { offset: String(offset + limit) } } : {}),
    ...(offset > 0 ? { prev: { offset: String(Math.max(offset - limit, 0)) } } : {}),
  })
}
