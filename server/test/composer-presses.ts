import { all, first, write, type MakePress, type World } from './press.ts'
import type { Person } from './test-town.ts'

/** What is written and not there for others yet. */
export function composerPresses(): Record<string, MakePress> {
  const inAnHour = ({ town }: World) => new Date(town.clock.now().getTime() + 3_600_000).toISOString()
  const make = async ({ town }: World, who: Person, path: string, json: Record<string, unknown>) =>
    (await town.call('POST', path, { token: who.token, json })).body.id as string
  const drafts = '/api/hamlet/v1/drafts'
  const draft = { parts: [{ text: 'unfinished' }] }
  const onDraft = (method: string, gives: Record<number, number>, json: Record<string, unknown> = {}) => {
    const press: MakePress = async (world) => {
      const who = await world.fresh()
      const path = `${drafts}/${await make(world, who, drafts, draft)}`
      return { path, caller: { token: who.token, json }, gives }
    }
    return [`${method} ${drafts}/:id`, press] as const
  }
  const onScheduled = (method: string, gives: Record<number, number>) => {
    const press: MakePress = async (world) => {
      const [who, scheduled_at] = [await world.fresh(), inAnHour(world)]
      const id = await make(world, who, '/api/v1/statuses', { status: 'later', scheduled_at })
      return { path: `/api/v1/scheduled_statuses/${id}`, caller: { token: who.token, json: { scheduled_at } }, gives }
    }
    return [`${method} /api/v1/scheduled_statuses/:id`, press] as const
  }
  const withKey = (path: string, json: Record<string, unknown>) => {
    const press: MakePress = async ({ fresh }) => {
      const who = await fresh()
      const caller = { token: who.token, json, headers: { 'idempotency-key': `key-${who.accountId}` } }
      return { path, caller, gives: all(200) }
    }
    return [`POST ${path}`, press] as const
  }
  const publish: MakePress = async (world) => {
    const [who, parent] = [await world.fresh(), await write(world.town, await world.fresh())]
    const id = await write(world.town, who, { status: 'held', hold_for: 60, in_reply_to_id: parent })
    return { path: `/api/hamlet/v1/statuses/${id}/publish`, caller: { token: who.token, json: {} }, gives: all(200) }
  }
  return Object.fromEntries([
    onDraft('PUT', first(200, 409), { ...draft, version: 1 }),
    onDraft('DELETE', first(200, 404)),
    onScheduled('PUT', all(200)),
    onScheduled('DELETE', first(200, 404)),
    withKey(drafts, draft),
    withKey('/api/hamlet/v1/statuses/thread', { posts: [{ status: 'one' }, { status: 'two' }] }),
    withKey('/api/hamlet/v1/audience', { visibility: 'public', text: 'hello @nobody' }),
    ['POST /api/hamlet/v1/statuses/:id/publish', publish],
  ])
}
