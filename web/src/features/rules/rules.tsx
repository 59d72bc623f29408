import type { ContentRule } from '@hamlet/contract/content-rule'
import { useMemo, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import '../../styles/rules.css'
import { Empty, Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { FirstPosts } from './first-posts.tsx'
import { RuleEditor } from './rule-editor.tsx'

export const RULES = '/api/hamlet/v1/admin/rules'
const PLACE = '/moderation/rules'

/** Rules over what people write (picture 16): all of them, and one to write, try and switch on. */
export function ContentRules({ path }: { path: string }) {
  const below = path.slice(PLACE.length + 1)
  if (below === '') return <RuleList />
  if (below === 'new') return <RuleEditor key="new" rule={undefined} />
  return <OneRule key={below} id={below} />
}

function OneRule({ id }: { id: string }) {
  const { value, fault, load } = useLoaded<ContentRule>(`${RULES}/${encodeURIComponent(id)}`)
  if (value) return <RuleEditor rule={value} />
  return (
    <>
      <ColumnHead title={t('rules.title', 'Content rules')} back />
      <div class="sheet column-sheet">{fault ? <Fault text={fault} retry={() => void load()} /> : <Skeleton />}</div>
    </>
  )
}

function RuleList() {
  const { value, fault, load } = useLoaded<ContentRule[]>(RULES)
  return (
    <>
      <ColumnHead title={t('rules.title', 'Content rules')}>
        <a class="button button-primary button-small head-end" href={`${PLACE}/new`}>
          <Icon name="add" small />
          {t('rules.new', 'New rule')}
        </a>
      </ColumnHead>
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton />}
        {value?.length === 0 && (
          <Empty icon="rules" title={t('rules.none', 'There are no rules yet')}>
            {t('rules.noneText', 'Write one, and try it over past posts before it does anything.')}
          </Empty>
        )}
        {value && value.length > 0 && <Rows rules={value} />}
        {value && <FirstPosts />}
      </div>
    </>
  )
}

function Rows({ rules }: { rules: readonly ContentRule[] }) {
  return (
    <ul class="rule-list">
      {rules.map((rule) => (
        <Row key={rule.id} rule={rule} />
      ))}
    </ul>
  )
}

const hasEnded = ({ expires_at }: ContentRule) => expires_at !== null && Date.parse(expires_at) <= Date.now()

function Row({ rule }: { rule: ContentRule }) {
  const [isOn, setOn] = useState(rule.enabled)
  const [isBusy, setBusy] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useMemo(() => `rule-${rule.id}`, [rule.id])
  const turn = async () => {
    if (isBusy) return
    setBusy(true)
    try {
      const after = await request<ContentRule>('POST', `${RULES}/${rule.id}/${isOn ? 'disable' : 'enable'}`, {
        body: {},
      })
      setOn(after.enabled)
    } catch (error) {
      toast(explain(error))
    }
    setBusy(false)
  }
  return (
    <li class="rule-row">
      <div class="rule-what">
        <a class="rule-name" id={id} href={`${PLACE}/${rule.id}`} dir="auto">
          {rule.title}
        </a>
        <p class="rule-sentence" dir="auto">
          {rule.sentence}
        </p>
        <p class="meta">
          {hasEnded(rule)
            ? t('rules.ended', 'Ended')
            : t(
                'rules.hitsWeek',
                '{n, plural, =0 {No posts this week} one {# post this week} other {# posts this week}}',
                {
                  n: rule.hits_week,
                },
              )}
        </p>
      </div>
      <button
        ref={button}
        class="rule-switch"
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-busy={isBusy}
        aria-labelledby={id}
        title={isOn ? t('rules.turnOff', 'Switch off') : t('rules.turnOn', 'Switch on')}
        onClick={() => void turn()}
      >
        <span class="rule-knob" />
      </button>
    </li>
  )
}
