import { Passkey, PasskeyOptions } from '@hamlet/contract/security'
import { Type } from 'typebox'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { anyone, route, leaver, type UserViewer } from '#platform/http'
import { requireProof } from '../entering/sudo.ts'
import { requireOwnPage } from '../own-sessions.ts'
import {
  addPasskey,
  listPasskeys,
  offerPasskey,
  removePasskey,
  removePassword,
  renamePasskey,
} from '../passkeys/passkeys.ts'
import { askAnybody, askPerson } from '../passkeys/prove.ts'
import { presentPasskey } from '../present.ts'
import { findEntrant } from '../store.ts'

const PATH = '/api/hamlet/v1/security/passkeys'
const OneId = Type.Object({ id: Type.String() })
const Name = Type.String({ maxLength: 1000 })
/** As the browser gives it (Web Authentication, toJSON); read with care. */
const Answer = Type.Object({}, { additionalProperties: true })

async function presentOne(ctx: Context, viewer: UserViewer, id: string): Promise<Passkey> {
  const row = (await listPasskeys(ctx, viewer.userId)).find((one) => one.id === id)
  if (!row) throw notFound()
  return presentPasskey(row)
}

const askRoutes = [
  route({
    method: 'POST',
    path: '/api/hamlet/v1/passkeys/question',
    summary: 'Ask what a browser must answer to sign in with a passkey',
    access: anyone,
    response: PasskeyOptions,
    limit: { family: 'passkey-question', max: 60, windowMs: 5 * 60_000 },
    handle: ({ ctx }) => askAnybody(ctx),
  }),
  route({
    method: 'POST',
    path: `${PATH}/question`,
    summary: 'Ask what a browser must answer to prove with a passkey that it is you; for our own pages',
    access: leaver('write'),
    response: PasskeyOptions,
    handle: async ({ ctx, viewer }) => {
      requireOwnPage(viewer)
      const options = await askPerson(ctx, viewer.userId, 'proof')
      if (!options) throw notFound('You have no passkey.')
      return options
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/offer`,
    summary: 'Ask what a browser must make a passkey from; for our own pages',
    access: leaver('write'),
    response: PasskeyOptions,
    handle: async ({ ctx, viewer }) => {
      await requireProof(ctx, viewer)
      const person = await findEntrant(ctx, viewer.userId, viewer.accountId)
      return offerPasskey(ctx, viewer.userId, person?.username ?? '')
    },
  }),
]

const passkeyRoutesOfOne = [
  route({
    method: 'POST',
    path: PATH,
    summary: 'Keep a passkey that the browser made; for our own pages',
    access: leaver('write'),
    body: Type.Object({ name: Name, answer: Answer }),
    response: Type.Object({
      passkey: Passkey,
      recovery_codes: Type.Union([Type.Array(Type.String()), Type.Null()]),
    }),
    handle: async ({ ctx, viewer, body }) => {
      await requireProof(ctx, viewer)
      const { id, codes } = await addPasskey(ctx, viewer.userId, body)
      return { passkey: await presentOne(ctx, viewer, id), recovery_codes: codes }
    },
  }),
  route({
    method: 'PATCH',
    path: `${PATH}/:id`,
    summary: 'Call a passkey something else; for our own pages',
    access: leaver('write'),
    params: OneId,
    body: Type.Object({ name: Name }),
    response: Passkey,
    handle: async ({ ctx, viewer, params, body }) => {
      await transact(ctx, async (tx) => {
        await renamePasskey(tx, viewer.userId, params.id, body.name)
        // After what is not there was said to be so; the refusal takes the renaming back.
        requireOwnPage(viewer)
      })
      return presentOne(ctx, viewer, params.id)
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id`,
    summary: 'Take a passkey away; for our own pages',
    access: leaver('write'),
    params: OneId,
    response: Type.Object({}),
    handle: async ({ ctx, viewer, params }) => {
      await transact(ctx, async (tx) => {
        await removePasskey(tx, viewer.userId, params.id)
        await requireProof(tx, viewer)
      })
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/hamlet/v1/password',
    summary: 'Come in by passkeys alone, without a password; for our own pages',
    access: leaver('write'),
    response: Type.Object({}),
    handle: async ({ ctx, viewer }) => {
      await requireProof(ctx, viewer)
      await transact(ctx, (tx) => removePassword(tx, viewer.userId))
      return {}
    },
  }),
]

export const passkeyRoutes = [...askRoutes, ...passkeyRoutesOfOne]
