import type { Draft } from '@hamlet/contract/draft'
import { rich, t } from '../../../i18n/words.ts'
import { Ago } from '../../../ui/time.tsx'
import { settle } from './settle.ts'

/** The same draft was changed on two devices: which one stays is asked, and nothing is lost before. */
export function Conflict({ other }: { other: Draft }) {
  return (
    <div class="conflict" role="alert">
      <p>
        {rich('composer.changedElsewhere', 'This draft was changed on another device ({when}).', {
          when: <Ago at={other.updated_at} />,
        })}
      </p>
      <p class="diff" dir="auto">
        {other.parts[0]?.text.slice(0, 200)}
      </p>
      <p class="dialog-answers">
        <button class="button button-outline button-small" type="button" onClick={() => void settle('mine')}>
          {t('composer.keepMine', 'Keep this')}
        </button>
        <button class="button button-outline button-small" type="button" onClick={() => void settle('theirs')}>
          {t('composer.keepTheirs', 'Keep that')}
        </button>
        <button class="button button-outline button-small" type="button" onClick={() => void settle('both')}>
          {t('composer.keepBoth', 'Keep both')}
        </button>
      </p>
    </div>
  )
}
