import type { MediaAttachment } from '@hamlet/contract/media'
import { t } from '../../i18n/words.ts'

/** What is shown, for people who hear it: `Picture 2 of 4: a boat at the pier`. */
export function spoken(media: MediaAttachment, index: number, total: number): string {
  const values = { kind: media.type, n: index + 1, total }
  const what = t(
    'viewer.which',
    '{kind, select, video {Film} audio {Sound} gifv {Animation} other {Picture}} {n} of {total}',
    values,
  )
  return media.description
    ? t('viewer.described', '{what}: {description}', { what, description: media.description })
    : t('viewer.undescribed', '{what}, without a description', { what })
}
