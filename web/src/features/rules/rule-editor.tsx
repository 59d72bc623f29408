import type { ContentRule } from '@hamlet/contract/content-rule'
import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { Builder } from './builder.tsx'
import { HitLog } from './hit-log.tsx'
import { Trial } from './trial.tsx'

const RULES = '/api/hamlet/v1/admin/rules'

const wordingOf = (rule: ContentRule | undefined): RuleWording => ({
  title: rule?.title ?? '',
  match: rule?.match ?? 'all',
  conditions: rule?.conditions ?? [{ kind: 'links', domains: [] }],
  effects: rule?.effects ?? [{ kind: 'hold' }],
  public_text: rule?.public_text ?? '',
  expires_at: rule?.expires_at ?? null,
})

type Side = 'trial' | 'log'

/** One rule (picture 16): on the left it is written, on the right it is tried over past posts; later, what it did. */
export function RuleEditor({ rule }: { rule: ContentRule | undefined }) {
  const [saved, setSaved] = useState(rule)
  const [draft, setDraft] = useState(() => wordingOf(rule))
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState('')
  const [side, setSide] = useState<Side>(rule?.enabled ? 'log' : 'trial')
  const act = async (work: () => Promise<void>) => {
    if (isBusy) return
    setBusy(true)
    setFault('')
    try {
      await work()
    } catch (error) {
      setFault(explain(error))
    }
    setBusy(false)
  }
  const save = async (): Promise<ContentRule> => {
    const after = saved
      ? await request<ContentRule>('PUT', `${RULES}/${saved.id}`, { body: draft })
      : await request<ContentRule>('POST', RULES, { body: draft })
    setSaved(after)
    if (!saved) history.replaceState(history.state, '', `/moderation/rules/${after.id}`)
    return after
  }
  const turn = (verb: 'enable' | 'disable') =>
    act(async () => {
      const { id } = verb === 'enable' ? await save() : (saved ?? (await save()))
      setSaved(await request<ContentRule>('POST', `${RULES}/${id}/${verb}`, { body: {} }))
      toast(
        verb === 'enable'
          ? t('rules.isOn', 'The rule is on. It counts from the next post on.')
          : t('rules.isOff', 'The rule is off. What it did stays done.'),
      )
    })
  const remove = () =>
    act(async () => {
      if (saved) await request('DELETE', `${RULES}/${saved.id}`)
      navigate('/moderation/rules', { replace: true })
    })
  return (
    <>
      <ColumnHead title={saved?.title ?? t('rules.new', 'New rule')} back>
        <span class="tag">{saved?.enabled ? t('rules.on', 'On') : t('rules.draft', 'Draft')}</span>
        <span class="rule-acts head-end">
          <button
            class="button button-outline button-small"
            type="button"
            aria-busy={isBusy}
            onClick={() => void act(async () => void (await save().then(() => toast(t('rules.saved', 'Saved.')))))}
          >
            {t('rules.save', 'Save')}
          </button>
          <button
            class="button button-primary button-small"
            type="button"
            aria-busy={isBusy}
            onClick={() => void turn(saved?.enabled ? 'disable' : 'enable')}
          >
            {saved?.enabled ? t('rules.disable', 'Switch off') : t('rules.enable', 'Enable')}
          </button>
        </span>
      </ColumnHead>
      <div class="sheet column-sheet rule-page">
        <div class="rule-left">
          {fault && (
            <p class="field-fault" role="alert">
              {fault}
            </p>
          )}
          <Builder draft={draft} change={setDraft} remove={saved ? () => void remove() : undefined} />
        </div>
        <div class="rule-right">
          {saved && (
            <Tabs
              label={t('rules.sides', 'Trial and log')}
              current={side}
              choose={setSide}
              tabs={[
                ['trial', t('rules.trial', 'Trial')],
                ['log', t('rules.log', 'What it did')],
              ]}
            />
          )}
          {side === 'log' && saved ? <HitLog ruleId={saved.id} /> : <Trial draft={draft} />}
        </div>
      </div>
    </>
  )
}
