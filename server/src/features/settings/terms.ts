import { sql } from 'kysely'
import { writeAudit, type AuditAction } from '#features/audit'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { LONGEST_TEXT } from './texts.ts'

/** A version of the terms of service; the one that is not published yet is the draft. */
export type TermsVersion = {
  id: Id
  text: string
  /** What is new, in the words of the team. */
  changes: string
  /** The day from which on it counts (`2027-01-31`, UTC). */
  effective_on: string | null
  published_at: string | null
  /** When everybody had been told. */
  told_at: string | null
  updated_at: string
}
export type TermsWish = { text: string; changes: string }

/** The members are to be told. */
export const termsPublished = defineEvent<{ termsId: Id }>('termsPublished')

const LONGEST_CHANGES = 2000
const YEARS_AHEAD = 2
const DAY = /^\d{4}-\d{2}-\d{2}$/

const columns = [
  'id',
  'text',
  'changes',
  sql<string | null>`effective_on::text`.as('effective_on'),
  'published_at',
  'told_at',
  'updated_at',
] as const

const dayOf = (ctx: Context, daysAhead = 0) =>
  new Date(ctx.clock.now().getTime() + daysAhead * 86_400_000).toISOString().slice(0, 10)

/** All versions that were published, the last to count first. One query. */
export async function listTerms(ctx: Context): Promise<TermsVersion[]> {
  return ctx.db
    .selectFrom('terms_versions')
    .select(columns)
    .where('published_at', 'is not', null)
    .orderBy('effective_on', 'desc')
    .execute()
}

export async function findTermsDraft(ctx: Context): Promise<TermsVersion | undefined> {
  return ctx.db.selectFrom('terms_versions').select(columns).where('published_at', 'is', null).executeTakeFirst()
}

export async function findTerms(ctx: Context, id: Id): Promise<TermsVersion | undefined> {
  return ctx.db.selectFrom('terms_versions').select(columns).where('id', '=', id).executeTakeFirst()
}

export type TermsShown = TermsVersion & { day: string; isInForce: boolean; succeededBy: string | null }

/**
 * The version that counts on this day, or before there was one the first to come; with a day, the version that counts
 * from then on. With the day on which the next one follows.
 */
export async function showTerms(ctx: Context, day?: string): Promise<TermsShown | undefined> {
  const all = await listTerms(ctx)
  const today = dayOf(ctx)
  const isOn = (one: TermsVersion) => (one.effective_on ?? '') <= today
  const found = day === undefined ? (all.find(isOn) ?? all.at(-1)) : all.find((one) => one.effective_on === day)
  if (!found?.effective_on) return undefined
  const next = all[all.indexOf(found) - 1]
  return { ...found, day: found.effective_on, isInForce: isOn(found), succeededBy: next?.effective_on ?? null }
}

/** Keeps what the next version is to say; there is one draft at most. Nothing new is no change. */
export async function writeTermsDraft(tx: Tx, actorId: Id, wish: TermsWish): Promise<void> {
  await lockTerms(tx)
  const words = readWish(wish)
  const before = await findTermsDraft(tx)
  if (before?.text === words.text && before.changes === words.changes) return
  const at = tx.clock.now().toISOString()
  if (before) {
    const changed = { ...words, updated_at: at }
    await tx.db.updateTable('terms_versions').set(changed).where('id', '=', before.id).execute()
  } else {
    const id = makeId(tx.clock.now().getTime())
    const row = { id, ...words, created_at: at, updated_at: at }
    await tx.db.insertInto('terms_versions').values(row).execute()
  }
  await note(tx, actorId, 'terms.write', 'draft')
}

export async function dropTermsDraft(tx: Tx, actorId: Id): Promise<void> {
  await lockTerms(tx)
  const draft = await findTermsDraft(tx)
  if (!draft) throw notFound()
  await tx.db.deleteFrom('terms_versions').where('id', '=', draft.id).execute()
  await note(tx, actorId, 'terms.drop', 'draft')
}

/** Makes the draft what counts from a day on. It is fixed then: changes are another version. Everybody is told. */
export async function publishTerms(tx: Tx, actorId: Id, day: string): Promise<void> {
  await lockTerms(tx)
  const draft = await findTermsDraft(tx)
  if (!draft) throw invalid('There is no draft to publish')
  requireDay(tx, day)
  if (await showTerms(tx, day)) throw invalid(`Terms of service that count from ${day} on are published already`)
  await setPublished(tx, draft.id, day)
  await note(tx, actorId, 'terms.publish', day)
  await emit(tx, termsPublished, { termsId: draft.id })
}

/** What whoever runs the server sets by a command counts from today on, and nobody is told. */
export async function setTermsToday(tx: Tx, text: string): Promise<void> {
  await lockTerms(tx)
  const now = tx.clock.now()
  const [at, day] = [now.toISOString(), dayOf(tx)]
  const today = await showTerms(tx, day)
  if (today) {
    await tx.db.updateTable('terms_versions').set({ text, updated_at: at }).where('id', '=', today.id).execute()
    return
  }
  const row = { id: makeId(now.getTime()), text, effective_on: day, published_at: at, told_at: at }
  await tx.db
    .insertInto('terms_versions')
    .values({ ...row, created_at: at, updated_at: at })
    .execute()
}

/** How far telling the members has come, in the transaction that hands over the next letters; undefined when all are told. */
export async function lockTelling(tx: Tx, id: Id): Promise<Id | undefined> {
  const row = await tx.db
    .selectFrom('terms_versions')
    .select(['told_until', 'told_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && row.told_at === null ? row.told_until : undefined
}

/** Keeps how far it has come; null is all of them. */
export async function setTold(tx: Tx, id: Id, until: Id | null): Promise<void> {
  const at = tx.clock.now().toISOString()
  await tx.db
    .updateTable('terms_versions')
    .set(until === null ? { told_at: at } : { told_until: until })
    .where('id', '=', id)
    .execute()
}

async function lockTerms(tx: Tx): Promise<void> {
  await sql`lock table terms_versions in share row exclusive mode`.execute(tx.db)
}

async function setPublished(tx: Tx, id: Id, day: string): Promise<void> {
  const published_at = tx.clock.now().toISOString()
  await tx.db.updateTable('terms_versions').set({ effective_on: day, published_at }).where('id', '=', id).execute()
}

function requireDay(ctx: Context, day: string): void {
  const at = DAY.test(day) ? new Date(`${day}T00:00:00Z`) : undefined
  if (!at || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day)
    throw invalid('effective_on must be a day, such as 2027-01-31')
  if (day < dayOf(ctx)) throw invalid('effective_on must not lie in the past')
  if (day > dayOf(ctx, YEARS_AHEAD * 366))
    throw invalid(`effective_on must not lie more than ${YEARS_AHEAD} years ahead`)
}

function readWish(wish: TermsWish): TermsWish {
  const clean = (words: string) => words.replaceAll('\0', '').toWellFormed().trim()
  const [text, changes] = [clean(wish.text), clean(wish.changes)]
  if (text === '') throw invalid('Terms of service need a text')
  if (text.length > LONGEST_TEXT) throw invalid(`Terms of service may have ${LONGEST_TEXT} characters at most`)
  if (changes.length > LONGEST_CHANGES) throw invalid(`What is new may have ${LONGEST_CHANGES} characters at most`)
  return { text, changes }
}

async function note(tx: Tx, actorId: Id, action: AuditAction, label: string): Promise<void> {
  await writeAudit(tx, { actorId, action, targetType: 'terms', label })
}
