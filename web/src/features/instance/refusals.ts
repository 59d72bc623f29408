import { t } from '../../i18n/words.ts'

/** What a page that cannot be shown is called. */
export function refusalTitle(status: number): string {
  return status === 404 ? t('public.nothing', 'Nothing to see here') : t('public.failed', 'That did not work')
}

/** Why a page cannot be shown, as far as its status tells. */
export function refusalText(status: number): string {
  switch (status) {
    case 404:
      return t('public.nothingText', 'It was deleted, it is not public, or it never was here.')
    case 403:
      return t('public.forbidden', 'You may not do this here.')
    case 410:
      return t('public.gone', 'It was here, and is gone.')
    case 413:
      return t('public.tooLarge', 'That is more than can be taken at once.')
    case 429:
      return t('public.tooMany', 'That was tried too often. Wait a while and try again.')
    default:
      return t('public.notUnderstood', 'What was asked for is not understood here.')
  }
}
