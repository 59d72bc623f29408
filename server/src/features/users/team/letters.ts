import { isTeamLetter, teamLetters, type TeamLetter, type TeamLetterWishes } from '@hamlet/contract/team-letters'
import type { Letters } from '@hamlet/contract/letters'
import { sql } from 'kysely'
import { sendLetter } from '#features/letters'
import { EVERYBODY, isAllowed } from '#features/roles'
import type { Id } from '#lib/id'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { findUser } from '../store.ts'

const SEALED_FOR = 'letters-off'

/** Everybody of the team who may do what a letter is about, and wants it. One query. */
export async function listReaders(ctx: Context, letter: TeamLetter): Promise<Id[]> {
  const rows = await ctx.db
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .select(['users.id', 'roles.permissions'])
    .where('users.role_id', '<>', EVERYBODY)
    .where('users.confirmed_at', 'is not', null)
    .where('users.disabled_at', 'is', null)
    .where('users.leaving_at', 'is', null)
    .where(sql<boolean>`not ${letter} = any(users.letters_off)`)
    .orderBy('users.id')
    .execute()
  return rows.filter((row) => isAllowed(row.permissions, teamLetters[letter])).map((row) => row.id)
}

/** Sends one of them, with a way to be spared the next. Call it from a job. */
export async function sendTeamLetter<K extends TeamLetter>(
  ctx: Context,
  userId: Id,
  kind: K,
  facts: Letters[K],
): Promise<void> {
  const person = await findUser(ctx, userId)
  if (!person || person.disabled_at !== null) return
  const key = ctx.seal.seal(`${userId} ${kind}`, SEALED_FOR)
  await sendLetter(ctx, { ...person, unsubscribe: `${ctx.config.url}/unsubscribe?key=${key}` }, kind, facts)
}

/** Which letter, to whom, a link under it is about; undefined when nobody sealed it (reliability EM-10). */
export function readUnsubscribeKey(ctx: Context, key: string): { userId: Id; letter: TeamLetter } | undefined {
  try {
    const [userId = '', letter = ''] = ctx.seal.open(key, SEALED_FOR).split(' ')
    return isId(userId) && isTeamLetter(letter) ? { userId, letter } : undefined
  } catch {
    return undefined
  }
}

/** Ends one letter to whoever the link was written to, and no other. Pressed twice it is ended once. */
export async function unsubscribe(tx: Tx, key: string): Promise<TeamLetter> {
  const found = readUnsubscribeKey(tx, key)
  if (!found) throw notFound()
  await setLetter(tx, found.userId, found.letter, false)
  return found.letter
}

/** The letters that a person's role makes them a reader of, and whether they get them. */
export async function readTeamLetters(ctx: Context, userId: Id): Promise<TeamLetterWishes> {
  const row = await ctx.db
    .selectFrom('users')
    .innerJoin('roles', 'roles.id', 'users.role_id')
    .select(['users.letters_off', 'roles.permissions'])
    .where('users.id', '=', userId)
    .executeTakeFirstOrThrow()
  const theirs = Object.entries(teamLetters).filter(([, needed]) => isAllowed(row.permissions, needed))
  return Object.fromEntries(theirs.map(([letter]) => [letter, !row.letters_off.includes(letter)]))
}

/** Sets those that are named, and leaves the rest. */
export async function changeTeamLetters(tx: Tx, userId: Id, wishes: TeamLetterWishes): Promise<void> {
  for (const [letter, isWanted] of Object.entries(wishes))
    // oxlint-disable-next-line no-await-in-loop -- four at most
    if (isTeamLetter(letter)) await setLetter(tx, userId, letter, isWanted)
}

async function setLetter(tx: Tx, userId: Id, letter: TeamLetter, isWanted: boolean): Promise<void> {
  const without = sql<string[]>`array_remove(letters_off, ${letter})`
  await tx.db
    .updateTable('users')
    .set({ letters_off: isWanted ? without : sql<string[]>`array_append(${without}, ${letter})` })
    .where('id', '=', userId)
    .execute()
}
