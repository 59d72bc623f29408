import type { Rule } from '@hamlet/contract/instance'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { Group } from '../settings/rows.tsx'
import { RuleForm } from './rule-form.tsx'

const PATH = '/api/web/admin/rules'

/** How people live together here: what newcomers agree to, and what reports name. */
export function HouseRulesPage() {
  const { value, fault, load } = useLoaded<Rule[]>(PATH)
  return (
    <>
      <ColumnHead title={t('houseRules.title', 'House rules')} />
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!value && !fault && <Skeleton rows={4} />}
      {value && <Rules start={value} />}
    </>
  )
}

/** `ids` with what stands at `from` put to `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from)
  const one = list[from]
  return one === undefined ? [...list] : [...rest.slice(0, to), one, ...rest.slice(to)]
}

/** The rules, and what can be done to them; each act shows at once, and goes back where it is refused. */
function useRules(start: Rule[]) {
  const [rules, setRules] = useState(start)
  const order = async (from: number, to: number) => {
    if (from === to || to < 0 || to >= rules.length) return
    const now = moved(rules, from, to)
    setRules(now)
    try {
      setRules(await request<Rule[]>('PUT', `${PATH}/order`, { body: { ids: now.map((rule) => rule.id) } }))
    } catch (error) {
      setRules(rules)
      toast(explain(error))
    }
  }
  const remove = async (rule: Rule) => {
    try {
      setRules(await request<Rule[]>('DELETE', `${PATH}/${rule.id}`))
      toast(t('houseRules.removed', 'No longer a rule. Reports that name it still say it.'))
    } catch (error) {
      toast(explain(error))
    }
  }
  return { rules, setRules, order, remove }
}

function Rules({ start }: { start: Rule[] }) {
  const { rules, setRules, order, remove } = useRules(start)
  const [open, setOpen] = useState<string>()
  const [dragged, setDragged] = useState<number>()
  const form = {
    done: (now: Rule[]) => {
      setRules(now)
      setOpen(undefined)
    },
    cancel: () => setOpen(undefined),
  }
  const note = t(
    'houseRules.note',
    'Everybody agrees to them who signs up, in their own language where there is a translation. Reports name them.',
  )
  return (
    <div class="settings-page joining-page">
      <Group id="house-rules" title={t('houseRules.inForce', 'In force, in this order')} note={note}>
        {rules.map((rule, index) =>
          open === rule.id ? (
            <RuleForm key={rule.id} rule={rule} {...form} />
          ) : (
            <Row
              key={rule.id}
              rule={rule}
              place={index}
              count={rules.length}
              move={(to) => void order(index, to)}
              drag={() => setDragged(index)}
              drop={() => dragged !== undefined && void order(dragged, index)}
              change={() => setOpen(rule.id)}
              remove={() => void remove(rule)}
            />
          ),
        )}
        {open === 'new' ? (
          <RuleForm rule={undefined} {...form} />
        ) : (
          <div class="wish">
            <span class="meta">{rules.length === 0 && t('houseRules.none', 'Nothing is written down yet.')}</span>
            <button class="button button-outline button-small" type="button" onClick={() => setOpen('new')}>
              {t('houseRules.add', 'Add a rule')}
            </button>
          </div>
        )}
      </Group>
    </div>
  )
}

type RowProps = {
  rule: Rule
  place: number
  count: number
  move: (to: number) => void
  drag: () => void
  drop: () => void
  change: () => void
  remove: () => void
}

/** Drawn by the handle with the mouse; with keys by the two arrows, and the focus stays on the rule that moved. */
function Row({ rule, place, count, move, drag, drop, change, remove }: RowProps) {
  const tongues = Object.keys(rule.translations)
  const name = rule.text
  return (
    <div
      class="wish house-rule"
      draggable={count > 1}
      onDragStart={(event) => {
        event.dataTransfer?.setData('text/plain', rule.text)
        drag()
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        drop()
      }}
    >
      <span class="house-rule-grip" aria-hidden="true">
        <Icon name="grip" />
      </span>
      <span>
        <strong dir="auto">{rule.text}</strong>
        {rule.hint && <small dir="auto">{rule.hint}</small>}
        {tongues.length > 0 && (
          <small>{t('houseRules.also', 'Also in: {languages}', { languages: tongues.join(', ') })}</small>
        )}
      </span>
      <span class="role-acts">
        <button
          class="icon-button"
          type="button"
          aria-label={t('houseRules.up', 'Move up: {name}', { name })}
          aria-disabled={place === 0}
          onClick={() => move(place - 1)}
        >
          <Icon name="up" />
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label={t('houseRules.down', 'Move down: {name}', { name })}
          aria-disabled={place === count - 1}
          onClick={() => move(place + 1)}
        >
          <Icon name="under" />
        </button>
        <button class="button button-outline button-small" type="button" onClick={change}>
          {t('houseRules.change', 'Change')}
        </button>
        <button class="button button-outline button-small" type="button" onClick={remove}>
          {t('houseRules.remove', 'Take away')}
        </button>
      </span>
    </div>
  )
}
