import { Security, SignInRecord, TotpOffer } from '@hamlet/contract/security'
import { Type } from 'typebox'
import { transact, type Context } from '#platform/context'
import { route, leaver, type UserViewer } from '#platform/http'
import { proveAnew, readProof, requireProof } from '../entering/sudo.ts'
import { listSignIns } from '../entering/history.ts'
import { requireOwnPage } from '../own-sessions.ts'
import { listPasskeys } from '../passkeys/passkeys.ts'
import { presentPasskey } from '../present.ts'
import { factorAdded, factorRemoved, readFactors, renewCodes } from '../second-factor/factors.ts'
import { confirmTotp, endTotp, offerTotp } from '../second-factor/totp.ts'
import { findEntrant } from '../store.ts'

const PATH = '/api/hamlet/v1/security'
const Codes = Type.Object({ recovery_codes: Type.Union([Type.Array(Type.String()), Type.Null()]) })
const short = Type.String({ maxLength: 1024 })

async function presentSecurity(ctx: Context, viewer: UserViewer): Promise<Security> {
  const sessionId = requireOwnPage(viewer)
  const [factors, proof] = [await readFactors(ctx, viewer.userId), await readProof(ctx, sessionId)]
  return {
    password: factors.hasPassword,
    totp: factors.hasTotp,
    passkeys: (await listPasskeys(ctx, viewer.userId)).map(presentPasskey),
    recovery_codes: factors.recoveryCodes,
    required: factors.isAsked,
    proven_until: proof?.toISOString() ?? null,
  }
}

const proofRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'Show by what you come in; for our own pages',
    access: leaver('read'),
    response: Security,
    handle: ({ ctx, viewer }) => presentSecurity(ctx, viewer),
  }),
  route({
    method: 'POST',
    path: `${PATH}/proof`,
    summary: 'Prove by your password, a code or a passkey that it is you, for an hour; for our own pages',
    access: leaver('write'),
    body: Type.Object({
      password: Type.Optional(short),
      code: Type.Optional(short),
      passkey: Type.Optional(Type.Object({}, { additionalProperties: true })),
    }),
    response: Security,
    handle: async ({ ctx, viewer, body, ip, headers }) => {
      const userAgent = String(headers['user-agent'] ?? '')
      await proveAnew(ctx, viewer, { ...body, ip, userAgent })
      return presentSecurity(ctx, viewer)
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/sign_ins`,
    summary: 'List when somebody came in as you, or tried to; for our own pages',
    access: leaver('read'),
    query: Type.Object({ max_id: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer()) }),
    response: Type.Array(SignInRecord),
    handle: ({ ctx, viewer, query }) => {
      requireOwnPage(viewer)
      return listSignIns(ctx, viewer.userId, query)
    },
  }),
]

const totpRoutes = [
  route({
    method: 'POST',
    path: `${PATH}/totp`,
    summary: 'Begin to use an app for codes as your second factor; for our own pages',
    access: leaver('write'),
    response: TotpOffer,
    handle: async ({ ctx, viewer }) => {
      await requireProof(ctx, viewer)
      const person = await findEntrant(ctx, viewer.userId, viewer.accountId)
      return transact(ctx, (tx) => offerTotp(tx, viewer.userId, person?.username ?? ''))
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/totp/confirm`,
    summary: 'Show that the app knows the code; it is asked from now on; for our own pages',
    access: leaver('write'),
    body: Type.Object({ code: short }),
    response: Codes,
    handle: async ({ ctx, viewer, body }) => {
      await requireProof(ctx, viewer)
      const recovery_codes = await transact(ctx, async (tx) => {
        await confirmTotp(tx, viewer.userId, body.code)
        return factorAdded(tx, viewer.userId)
      })
      return { recovery_codes }
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/totp`,
    summary: 'Use the app for codes no more; for our own pages',
    access: leaver('write'),
    response: Security,
    handle: async ({ ctx, viewer }) => {
      await requireProof(ctx, viewer)
      await transact(ctx, async (tx) => {
        if (await endTotp(tx, viewer.userId)) await factorRemoved(tx, viewer.userId)
      })
      return presentSecurity(ctx, viewer)
    },
  }),
  route({
    method: 'POST',
    path: `${PATH}/recovery_codes`,
    summary: 'Get ten new recovery codes in place of those you have; for our own pages',
    access: leaver('write'),
    response: Codes,
    handle: async ({ ctx, viewer }) => {
      await requireProof(ctx, viewer)
      return { recovery_codes: await transact(ctx, (tx) => renewCodes(tx, viewer.userId)) }
    },
  }),
]

export const securityRoutes = [...proofRoutes, ...totpRoutes]
