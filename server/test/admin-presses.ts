import { all, type MakePress } from './press.ts'

const ACCOUNTS = '/api/v1/admin/accounts'

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
  return Object.fromEntries([
    onSomebody('action'),
    onSomebody('enable', 'disable'),
    onSomebody('unsensitive', 'sensitive'),
    onSomebody('unsilence', 'silence'),
    onSomebody('unsuspend', 'suspend'),
  ])
}
