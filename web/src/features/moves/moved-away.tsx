import type { Account } from '@hamlet/contract/account'
import { t } from '../../i18n/words.ts'
import { Empty } from '../../ui/parts.tsx'

/** In place of every screen that whoever moved away can use no more. */
export function MovedAway({ target }: { target: Account }) {
  return (
    <div class="sheet column-sheet">
      <Empty icon="person" title={t('moves.awayTitle', 'You moved')}>
        {t('moves.awayText', 'You are @{acct} now. This account is kept in order in its settings.', {
          acct: target.acct,
        })}
      </Empty>
      <p class="person-closed">
        <a class="button button-primary" href={target.url}>
          {t('moves.visit', 'Go to @{acct}', { acct: target.acct })}
        </a>
        <a class="button button-outline" href="/settings/moving">
          {t('moves.settings', 'Settings')}
        </a>
      </p>
    </div>
  )
}
