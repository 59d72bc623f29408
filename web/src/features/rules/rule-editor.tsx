import type { ContentRule } from '@hamlet/contract/content-rule'
import { useState } from 'preact/hooks'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Builder } from './builder.tsx'
import { HitLog, NoHits } from './hit-log.tsx'
import { Trial } from './trial.tsx'
import { useRule } from './use-rule.ts'

type Side = 'trial' | 'log'

/** One rule (picture 16): on the left it is written, on the right it is tried over past posts; later, what it did. */
export function RuleEditor({ rule }: { rule: ContentRule | undefined }) {
  const { saved, draft, setDraft, isBusy, fault, keep, turn, remove } = useRule(rule)
  const [side, setSide] = useState<Side>(rule?.enabled ? 'log' : 'trial')
  const isOn = saved?.enabled ?? false
  return (
    <>
      <ColumnHead title={saved?.title ?? t('rules.new', 'New rule')} back>
        <span class="tag rule-state">{isOn ? t('rules.on', 'On') : t('rules.draft', 'Draft')}</span>
        <Acts isOn={isOn} isBusy={isBusy} keep={keep} turn={turn} />
      </ColumnHead>
      <div class="sheet column-sheet rule-page">
        <div class="rule-left">
          {fault && (
            <p class="field-fault" role="alert">
              {fault}
            </p>
          )}
          <Builder draft={draft} change={setDraft} remove={saved ? remove : undefined} />
        </div>
        <div class="rule-right">
          <Tabs
            label={t('rules.sides', 'Trial and log')}
            current={side}
            choose={setSide}
            tabs={[
              ['trial', t('rules.trial', 'Trial')],
              ['log', t('rules.log', 'What it did')],
            ]}
          />
          {side === 'trial' && <Trial draft={draft} />}
          {side === 'log' && (saved ? <HitLog ruleId={saved.id} /> : <NoHits />)}
        </div>
      </div>
    </>
  )
}

type ActsProps = { isOn: boolean; isBusy: boolean; keep: () => void; turn: () => void }

function Acts({ isOn, isBusy, keep, turn }: ActsProps) {
  return (
    <span class="rule-acts head-end">
      <button class="button button-outline button-small" type="button" aria-busy={isBusy} onClick={keep}>
        {t('rules.save', 'Save')}
      </button>
      <button class="button button-primary button-small" type="button" aria-busy={isBusy} onClick={turn}>
        {isOn ? t('rules.disable', 'Switch off') : t('rules.enable', 'Enable')}
      </button>
    </span>
  )
}
