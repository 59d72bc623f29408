import type { LetterKind, Sender } from '@hamlet/contract/letters'
import { writeAudit } from '#features/audit'
import { readSettings } from '#features/settings'
import type { Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { isLetterKind } from './samples.ts'

/** What stands under every letter, in place of a kind. */
export const SIGNATURE = 'signature'
const LONGEST = 2_000

/** What the team adds to letters, by kind. One query. */
export async function readLetterWords({ db }: Pick<Context, 'db'>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('letter_words').select(['kind', 'text']).execute()
  return new Map(rows.map((row) => [row.kind, row.text]))
}

/** Sets them for one kind, or under all; nothing takes them away. Plain words: no letter has markup of the team's. */
export async function writeLetterWords(tx: Tx, actorId: Id, kind: string, given: string): Promise<void> {
  if (kind !== SIGNATURE && !isLetterKind(kind)) throw notFound()
  const text = readWords(given)
  const changed =
    text === ''
      ? await tx.db.deleteFrom('letter_words').where('kind', '=', kind).returning('kind').executeTakeFirst()
      : await put(tx, kind, text)
  if (changed) await writeAudit(tx, { actorId, action: 'letter.change', targetType: 'letter', label: kind })
}

function readWords(given: string): string {
  // No letter may hold what no mail program shows.
  const text = given
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .toWellFormed()
    .trim()
  if (Array.from(text).length > LONGEST)
    throw invalid(`Validation failed: Text must have ${LONGEST} characters at most`)
  return text
}

/** Undefined when it says that already. */
async function put(tx: Tx, kind: string, text: string) {
  const row = { kind, text, updated_at: tx.clock.now().toISOString() }
  return tx.db
    .insertInto('letter_words')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('kind').doUpdateSet(row).where('letter_words.text', 'is distinct from', text),
    )
    .returning('kind')
    .executeTakeFirst()
}

/** Who writes a kind of letter, with what the team adds to it. */
export async function readSender(ctx: Context, kind: LetterKind): Promise<Sender> {
  const { title } = await readSettings(ctx)
  const words = await readLetterWords(ctx)
  const { domain, url } = ctx.config
  return { title, domain, url, note: words.get(kind) ?? '', signature: words.get(SIGNATURE) ?? '' }
}
