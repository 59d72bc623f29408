import { ServerSettings, ServerSettingsWish } from '@hamlet/contract/server-settings'
import { findLocalAccount } from '#features/accounts'
import { team } from '#features/roles'
import { changeServer, readServer } from '#features/settings'
import { invalid } from '#lib/refusal'
import { transact, type Tx } from '#platform/context'
import { route } from '#platform/http'

const PATH = '/api/web/admin/settings'

/** Whom visitors are told to turn to lives here. */
async function requireContact(tx: Tx, given: string | undefined): Promise<void> {
  const name = given?.trim().replace(/^@/, '') ?? ''
  if (name !== '' && !(await findLocalAccount(tx, name))) throw invalid(`Nobody here is called "${name.slice(0, 60)}".`)
}

/** What this server says of itself, and what of it others see. */
export const teamSettingsRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Show what this server says of itself, and what of it others see',
    access: team('admin:read', 'manage_settings'),
    response: ServerSettings,
    handle: ({ ctx }) => readServer(ctx),
  }),
  route({
    method: 'PATCH',
    path: PATH,
    summary: 'Change what this server says of itself, and what of it others see; what is not named stays',
    access: team('admin:write', 'manage_settings'),
    body: ServerSettingsWish,
    response: ServerSettings,
    handle: async ({ ctx, viewer, body }) => {
      await transact(ctx, async (tx) => {
        await requireContact(tx, body.contact_account)
        await changeServer(tx, viewer.accountId, body)
      })
      return readServer(ctx)
    },
  }),
]
