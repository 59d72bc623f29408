import type { Status } from '@hamlet/contract/status'
import { t } from '../../i18n/words.ts'

const LONGEST = 240

/** What a post says, in a line or two; a warning stands for what is behind it. */
export function wordsOf(status: Status): string {
  if (status.spoiler_text) return t('notify.warning', 'Warning: {text}', { text: status.spoiler_text })
  const body = new DOMParser().parseFromString((status.content ?? '').replaceAll('</p>', '</p> '), 'text/html').body
  return body.textContent?.trim().slice(0, LONGEST) || t('notify.picture', 'A picture')
}
