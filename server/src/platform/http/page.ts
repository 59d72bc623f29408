import type { Context } from '#platform/context'

export type PageCall = { ctx: Context; params: Record<string, string>; query: Record<string, unknown>; accept: string }
export type PageAnswer = { status: number; headers: Record<string, string>; body: string | Buffer }

/** A public address outside the API: its loader takes no viewer, so nothing personal can be in the answer. */
export type Page = { path: string; load(call: PageCall): Promise<PageAnswer> }
