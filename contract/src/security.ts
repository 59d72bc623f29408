import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const Passkey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** Kept by a service that its owner's devices share. */
  synced: Type.Boolean(),
  created_at: Type.String(),
  last_used_at: nullable(Type.String()),
})
export type Passkey = Static<typeof Passkey>

/** What a browser is asked, in JSON (Web Authentication, level 3, 5.1.8 and 5.1.9). */
export const PasskeyOptions = Type.Object({ challenge: Type.String() }, { additionalProperties: true })
export type PasskeyOptions = Static<typeof PasskeyOptions>

/** By what a person comes in, for our own pages. */
export const Security = Type.Object({
  password: Type.Boolean(),
  /** An app for codes. */
  totp: Type.Boolean(),
  passkeys: Type.Array(Passkey),
  /** How many are left. */
  recovery_codes: Type.Integer(),
  /** The role asks for a second factor. */
  required: Type.Boolean(),
  /** Until then this browser may do what is grave; null: prove first that it is you. */
  proven_until: nullable(Type.String()),
})
export type Security = Static<typeof Security>

/** What an app for codes takes in. */
export const TotpOffer = Type.Object({
  secret: Type.String(),
  address: Type.String(),
  qr: Type.Object({ size: Type.Integer(), path: Type.String() }),
})
export type TotpOffer = Static<typeof TotpOffer>

/** Somebody came in, or tried to. */
export const SignInRecord = Type.Object({
  id: Type.String(),
  method: Type.String(),
  succeeded: Type.Boolean(),
  ip: nullable(Type.String()),
  user_agent: Type.String(),
  created_at: Type.String(),
})
export type SignInRecord = Static<typeof SignInRecord>
