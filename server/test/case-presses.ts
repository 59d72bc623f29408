import { upload } from './pictures.ts'
import { all, first, write, type MakePress, type World } from './press.ts'

const TEAM = '/api/web/moderation'

/** Somebody who is reported. */
async function reported({ town, fresh }: World, more: Record<string, unknown> = {}) {
  const [reporter, target] = [await fresh(), await fresh()]
  const json = { account_id: target.accountId, comment: 'look', ...more }
  const report = (await town.call('POST', '/api/v1/reports', { token: reporter.token, json })).body as { id: string }
  return { target, id: report.id }
}

/** What moderators do in the queue and on a case. */
export function casePresses(): Record<string, MakePress> {
  const onQueue = (verb: string): [string, MakePress] => [
    `POST ${TEAM}/queue/${verb}`,
    async (world) => {
      const { target, id } = await reported(world)
      const json = { accounts: [target.accountId], until: id }
      return { path: `${TEAM}/queue/${verb}`, caller: { token: world.owner.token, json }, gives: all(200) }
    },
  ]
  return Object.fromEntries([
    onQueue('assign'),
    onQueue('unassign'),
    [`POST ${TEAM}/reports/:id/media/:media_id/reveal`, reveal],
    [`POST ${TEAM}/reports/:id/look`, look],
    [`POST ${TEAM}/bulk`, bulk],
    [`POST ${TEAM}/views`, saveView],
    [`DELETE ${TEAM}/views/:id`, removeView],
  ])
}

const reveal: MakePress = async ({ town, owner, fresh }) => {
  const [reporter, target] = [await fresh(), await fresh()]
  const picture = (await upload(town, target.token)).body.id as string
  const post = await write(town, target, { media_ids: [picture] })
  const json = { account_id: target.accountId, status_ids: [post] }
  const report = (await town.call('POST', '/api/v1/reports', { token: reporter.token, json })).body
  return {
    path: `${TEAM}/reports/${report.id}/media/${picture}/reveal`,
    caller: { token: owner.token },
    gives: all(200),
  }
}

const look: MakePress = async (world) => {
  const { id } = await reported(world)
  const caller = { token: world.owner.token, json: { here: true } }
  return { path: `${TEAM}/reports/${id}/look`, caller, gives: all(200) }
}

const bulk: MakePress = async (world) => {
  const { target, id } = await reported(world)
  const json = { accounts: [target.accountId], until: id, key: `press-${id}`, decision: 'warn', text: 'No.' }
  return { path: `${TEAM}/bulk`, caller: { token: world.owner.token, json }, gives: all(200) }
}

const saveView: MakePress = async ({ owner }) => ({
  path: `${TEAM}/views`,
  caller: { token: owner.token, json: { name: 'Calm', query: 'level=1' } },
  gives: all(200),
})

const removeView: MakePress = async ({ town, owner }) => {
  const json = { name: 'To go', query: 'level=2' }
  const { id } = (await town.call('POST', `${TEAM}/views`, { token: owner.token, json })).body
  return { path: `${TEAM}/views/${id}`, caller: { token: owner.token }, gives: first(200, 404) }
}
