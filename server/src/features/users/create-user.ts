import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { createLocalAccount, makeKeyPair, type KeyPair } from '#features/accounts'
import { makeId, type Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { isCommon } from './common-passwords.ts'
import { hashPassword } from './password.ts'

/** What a core works on for two tenths of a second: the hash of a password, and the keys of an account. */
export type Secrets = { password: string; passwordHash: string; keys: KeyPair }

export type NewUser = {
  username: string
  email: string
  /** Absent: one is made and returned. */
  password?: string
  /** Made before the transaction, which then keeps its locks and its connection no longer than its rows need. */
  secrets?: Secrets
  roleId: Id
  confirmed: boolean
  /** Absent: as `confirmed`. */
  approved?: boolean
  reason?: string
  locale?: string
  applicationId?: Id
  /** How somebody came who signed up by themselves. */
  arrival?: { ip: string | null; marks: readonly string[]; inviteId: Id | null }
}

/** Nothing that a reader of addresses might take for a name, a group, a comment or a second address. */
const EMAIL = /^[^\s@"(),:;<>[\\\]\p{C}]{1,64}@[^\s@"(),:;<>[\\\]\p{C}]{1,189}\.?[^\s@."(),:;<>[\\\]\p{C}]+$/u
const SHORTEST_PASSWORD = 8
const LONGEST_PASSWORD = 1024

/** Everything about a person that takes long and asks nobody; the password is judged when the person is made. */
export async function makeSecrets(password: string = makePassword()): Promise<Secrets> {
  const [passwordHash, keys] = await Promise.all([hashPassword(password), makeKeyPair()])
  return { password, passwordHash, keys }
}

function makePassword(): string {
  return randomBytes(15).toString('base64url')
}

/** An address as it is kept; what is none is refused. */
export function readEmail(text: string): string {
  const email = text.trim()
  if (!EMAIL.test(email) || email.length > 254) throw refuseField('email', 'ERR_INVALID', 'is not an e-mail address')
  return email
}

/** Makes a person and their account in one go; both or neither. */
export async function createUser(tx: Tx, input: NewUser): Promise<{ userId: Id; accountId: Id; password: string }> {
  const email = readEmail(input.email)
  const password = input.secrets?.password ?? input.password ?? makePassword()
  requirePassword(password, [input.username, email])
  const known = await tx.db
    .selectFrom('users')
    .select('id')
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirst()
  if (known) throw refuseTakenEmail()
  const accountId = await createLocalAccount(tx, { username: input.username, keys: input.secrets?.keys })
  const now = tx.clock.now()
  const created_at = now.toISOString()
  const userId = makeId(now.getTime())
  const seen = input.confirmed ? created_at : null
  const made = await tx.db
    .insertInto('users')
    .values({
      id: userId,
      email,
      password_hash: input.secrets?.passwordHash ?? (await hashPassword(password)),
      role_id: input.roleId,
      confirmed_at: seen,
      approved_at: (input.approved ?? input.confirmed) ? created_at : null,
      sign_up_reason: input.reason ?? null,
      sign_up_application_id: input.applicationId ?? null,
      ...(input.locale ? { locale: input.locale } : {}),
      ...arrivalOf(input),
      created_at,
    })
    // Somebody else may be signing up with it at this moment.
    .onConflict((conflict) => conflict.expression(sql`lower(email)`).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw refuseTakenEmail()
  await tx.db.insertInto('user_accounts').values({ user_id: userId, account_id: accountId, created_at }).execute()
  return { userId, accountId, password }
}

const arrivalOf = ({ arrival }: NewUser) =>
  arrival && { sign_up_ip: arrival.ip, sign_up_marks: [...arrival.marks], invite_id: arrival.inviteId }

const refuseTakenEmail = () => refuseField('email', 'ERR_TAKEN', 'has already been taken')

/** Refuses passwords that are short, huge, common, or what everybody knows of this person. */
export function requirePassword(password: string, known: readonly string[]): void {
  const length = Array.from(password).length
  if (length < SHORTEST_PASSWORD)
    throw refuseField('password', 'ERR_TOO_SHORT', `needs ${SHORTEST_PASSWORD} characters or more`)
  if (password.length > LONGEST_PASSWORD)
    throw refuseField('password', 'ERR_TOO_LONG', `may have ${LONGEST_PASSWORD} characters at most`)
  const lower = password.toLowerCase()
  if (isCommon(password) || known.some((word) => word !== '' && word.toLowerCase() === lower))
    throw refuseField('password', 'ERR_INVALID', 'is one of the first that somebody else would try')
}

export function refuseField(field: string, error: string, description: string) {
  const label = field[0]?.toUpperCase() + field.slice(1)
  return invalid(`Validation failed: ${label} ${description}`, { details: { [field]: [{ error, description }] } })
}
