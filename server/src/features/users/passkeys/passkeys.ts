import { readSettings } from '#features/settings'
import { isId, makeId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { askToCreate, partyOf, readAnswer, verifyCreated, type NewPasskey } from '#platform/webauthn'
import { enqueue } from '#platform/jobs'
import { mailFactorChanged } from '../entering/mails.ts'
import { factorAdded, factorRemoved } from '../second-factor/factors.ts'
import { keepChallenge, takeChallenge } from './challenges.ts'

const MOST = 10
const LONGEST_NAME = 60

const tooMany = () => invalid(`You have ${MOST} passkeys. Take one away before you add another.`)
export const notProven = () =>
  new Refusal('invalid', 'This passkey did not prove that it is you. Try again.', { fault: 'passkeyFailed' })

/** The passkeys of a person, the oldest first. One query. */
export async function listPasskeys(ctx: Context, userId: Id) {
  return ctx.db
    .selectFrom('passkeys')
    .select(['id', 'credential_id', 'transports', 'name', 'is_synced', 'created_at', 'last_used_at'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
}

/** What a browser is asked to make a passkey by. */
export async function offerPasskey(ctx: Context, userId: Id, username: string) {
  const [known, { title }] = [await listPasskeys(ctx, userId), await readSettings(ctx)]
  if (known.length >= MOST) throw tooMany()
  const options = await askToCreate(partyOf(ctx.config.url), {
    userId,
    name: `${username}@${ctx.config.domain}`,
    serverTitle: title,
    known: known.map((one) => ({ id: one.credential_id, transports: one.transports })),
  })
  await keepChallenge(ctx, options.challenge, { purpose: 'create', userId })
  return options
}

/** A passkey as a person calls it. */
export function readPasskeyName(name: string): string {
  const text = name.replaceAll(/\s+/g, ' ').trim()
  if (text === '') throw invalid('Give the passkey a name.')
  if (Array.from(text).length > LONGEST_NAME) throw invalid(`A name may have ${LONGEST_NAME} characters at most.`)
  return text
}

export type Made = { id: Id; codes: string[] | null }

/** Keeps a passkey that was just made; the first second factor of all brings recovery codes. */
export async function addPasskey(ctx: Context, userId: Id, input: { name: string; answer: unknown }): Promise<Made> {
  const name = readPasskeyName(input.name)
  const answer = readAnswer(input.answer)
  const isAsked = answer && (await takeChallenge(ctx, answer.challenge, { purpose: 'create', userId }))
  const made = isAsked ? await verifyCreated(partyOf(ctx.config.url), input.answer, answer.challenge) : undefined
  if (!made) throw notProven()
  return transact(ctx, async (tx) => {
    const id = await insertPasskey(tx, userId, { ...made, name })
    await enqueue(tx, mailFactorChanged, { userId, change: 'passkeyAdded' })
    return { id, codes: await factorAdded(tx, userId) }
  })
}

async function insertPasskey(tx: Tx, userId: Id, made: NewPasskey & { name: string }): Promise<Id> {
  // Whoever adds two at once adds them one after the other.
  await tx.db.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
  if ((await listPasskeys(tx, userId)).length >= MOST) throw tooMany()
  const now = tx.clock.now()
  const row = await tx.db
    .insertInto('passkeys')
    .values({
      id: makeId(now.getTime()),
      user_id: userId,
      credential_id: made.id,
      public_key: made.publicKey,
      counter: String(made.counter),
      transports: made.transports,
      is_synced: made.isSynced,
      name: made.name,
      created_at: now.toISOString(),
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw invalid('This passkey is known here already.')
  return row.id
}

export async function renamePasskey(tx: Tx, userId: Id, id: string, name: string): Promise<void> {
  if (!isId(id)) throw notFound()
  const wanted = readPasskeyName(name)
  const row = await tx.db
    .updateTable('passkeys')
    .set({ name: wanted })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw notFound()
}

/** Takes a passkey away; the last one stays while there is no password beside it. */
export async function removePasskey(tx: Tx, userId: Id, id: string): Promise<void> {
  if (!isId(id)) throw notFound()
  const person = await tx.db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  const row = await tx.db
    .deleteFrom('passkeys')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw notFound()
  if (person?.password_hash === null && (await listPasskeys(tx, userId)).length === 0)
    throw invalid('It is all you come in by. Choose a password first.')
  await enqueue(tx, mailFactorChanged, { userId, change: 'passkeyRemoved' })
  await factorRemoved(tx, userId)
}

/** Whoever has a passkey, and recovery codes for when it is lost, needs no password. */
export async function removePassword(tx: Tx, userId: Id): Promise<void> {
  await tx.db.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
  const codes = await tx.db.selectFrom('recovery_codes').select('code_hash').where('user_id', '=', userId).execute()
  if ((await listPasskeys(tx, userId)).length === 0) throw invalid('Add a passkey first.')
  if (codes.length === 0) throw invalid('You have no recovery codes left. Get new ones first.')
  const had = await tx.db
    .updateTable('users')
    .set({ password_hash: null })
    .where('id', '=', userId)
    .where('password_hash', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  if (had) await enqueue(tx, mailFactorChanged, { userId, change: 'passwordRemoved' })
}
