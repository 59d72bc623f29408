import type { Status } from '@hamlet/contract/status'
import { readHtml, textOf } from '../../lib/html-tree.ts'
import { t } from '../../i18n/words.ts'

const LONGEST = 240

/** What a post says, in a line or two; a warning stands for what is behind it. */
export function wordsOf(status: Status): string {
  if (status.spoiler_text) return t('notify.warning', 'Warning: {text}', { text: status.spoiler_text })
  const words = textOf(readHtml((status.content ?? '').replaceAll('</p>', ' </p>')))
  return words.trim().slice(0, LONGEST) || t('notify.picture', 'A picture')
}
