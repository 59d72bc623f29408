import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { invalid } from '#lib/refusal'
import type { FilterRow } from './kinds.ts'

const MOST_FILTERS = 1_000

const Text = Type.String({ maxLength: 1_000 })
const One = Type.Object({
  title: Text,
  expires_at: Type.Optional(Type.Union([Text, Type.Null()])),
  context: Type.Array(Text, { maxItems: 10 }),
  action: Type.Optional(Text),
  keywords_attributes: Type.Optional(
    Type.Array(Type.Object({ keyword: Text, whole_word: Type.Optional(Type.Boolean()) }), { maxItems: 5_000 }),
  ),
  statuses: Type.Optional(Type.Array(Type.String({ maxLength: 2_048 }), { maxItems: 5_000 })),
})
const File = Type.Object({ custom_filters: Type.Array(Type.Unknown()) })

/** Reads `custom_filters.json` as Mastodon writes it (mastodon-features 17). */
export function readFilters(content: Uint8Array, { maxBytes }: { maxBytes: number }) {
  if (content.byteLength > maxBytes) throw invalid(`The file is larger than ${maxBytes / 1_048_576} MB`)
  const file = parse(content)
  if (!Value.Check(File, file)) throw invalid('The file holds no filters')
  if (file.custom_filters.length > MOST_FILTERS) throw invalid(`The file has more than ${MOST_FILTERS} filters`)
  const rows: FilterRow[] = []
  const problems: { line: number; text: string; problem: 'empty' | 'repeated' }[] = []
  const seen = new Set<string>()
  for (const [index, one] of file.custom_filters.entries()) {
    const isRight = Value.Check(One, one) && one.title.trim() !== '' && !hasNul(one)
    const title = isRight ? one.title.trim() : ''
    if (!isRight || seen.has(title)) {
      problems.push({ line: index + 1, text: title, problem: isRight ? 'repeated' : 'empty' })
      continue
    }
    seen.add(title)
    rows.push({
      title,
      context: one.context,
      action: one.action ?? 'warn',
      expires_at: one.expires_at ?? null,
      keywords: (one.keywords_attributes ?? []).map(({ keyword, whole_word: whole = true }) => ({
        keyword,
        whole_word: whole,
      })),
      statuses: one.statuses ?? [],
    })
  }
  return { rows, problems }
}

/** PostgreSQL keeps no such letter in JSON either. */
const hasNul = (one: unknown) => JSON.stringify(one).includes('\\u0000')

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) throw invalid('The file is no JSON')
    throw cause
  }
}
