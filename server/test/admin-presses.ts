import { all, type MakePress } from './press.ts'

const ACCOUNTS = '/api/v1/admin/accounts'
const REPORTS = '/api/v1/admin/reports'

/** What the team does about people. */
export function adminPresses(): Record<string, MakePress> {
  const onSomebody = (verb: string, before?: string): [string, MakePress] => [
    `POST ${ACCOUNTS}/:id/${verb}`,
    async ({ town, owner, fresh }) => {
      const { accountId } = await fresh()
      const path = `${ACCOUNTS}/${accountId}`
      if (before) await town.call('POST', `${path}/action`, { token: owner.token, json: { type: before } })
      const json = verb === 'action' ? { json: { type: 'silence' } } : {}
      return { path: `${path}/${verb}`, caller: { token: owner.token, ...json }, gives: all(200) }
    },
  ]
  const onReport = (method: string, suffix: string, before: string[] = []): [string, MakePress] => [
    `${method} ${REPORTS}/:id${suffix}`,
    async ({ town, owner, fresh }) => {
      const [reporter, target] = [await fresh(), await fresh()]
      const json = { account_id: target.accountId, comment: 'look' }
      const report = (await town.call('POST', '/api/v1/reports', { token: reporter.token, json })).body
      const path = `${REPORTS}/${report.id}`
      for (const verb of before) await town.call('POST', `${path}/${verb}`, { token: owner.token })
      const body = method === 'PUT' ? { json: { category: 'spam' } } : {}
      return { path: `${path}${suffix}`, caller: { token: owner.token, ...body }, gives: all(200) }
    },
  ]
  return Object.fromEntries([
    onReport('PUT', ''),
    onReport('POST', '/assign_to_self'),
    onReport('POST', '/unassign', ['assign_to_self']),
    onReport('POST', '/resolve'),
    onReport('POST', '/reopen', ['resolve']),
    onSomebody('action'),
    onSomebody('enable', 'disable'),
    onSomebody('unsensitive', 'sensitive'),
    onSomebody('unsilence', 'silence'),
    onSomebody('unsuspend', 'suspend'),
  ])
}
