import { findEntities, normaliseTagName } from '@hamlet/contract/text'
import type { WrittenTag } from './note-tags.ts'

/** A hashtag by its name without #; undefined for what no post can hold as one. */
export function readTag(given: string): WrittenTag | undefined {
  const [entity, ...others] = findEntities(`#${given}`)
  const isWhole = entity?.kind === 'hashtag' && others.length === 0 && entity.name === given
  const name = isWhole ? normaliseTagName(given) : ''
  return name === '' ? undefined : { name, written: given }
}
