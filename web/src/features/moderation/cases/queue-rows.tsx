import type { QueueGroup, QueueItem } from '@hamlet/contract/moderation'
import { t } from '../../../i18n/words.ts'
import { Avatar, Icon } from '../../../ui/parts.tsx'
import { Ago } from '../../../ui/time.tsx'
import {
  chosen,
  chosenGroups,
  folded,
  isChosen,
  isWave,
  itemsOf,
  openGroup,
  queue,
  toggle,
  toggleAll,
  type FilterName,
} from './queue-state.ts'
import { groupFacts, groupName, reasonIcon, reasonName, severityName, severityText } from './queue-words.ts'

type Filters = Partial<Record<FilterName, string>>

/** What the columns are, and a tick for all that is loaded. */
export function QueueCaptions() {
  const some = chosen.value.size + chosenGroups.value.size > 0
  const all = (queue.value?.groups ?? []).every((group) => group.items.every((item) => isChosen(item, group)))
  return (
    <div class="queue-captions">
      <input
        type="checkbox"
        aria-label={t('cases.selectAll', 'Select all that is shown')}
        checked={some && all}
        ref={(box) => {
          if (box) box.indeterminate = some && !all
        }}
        onChange={toggleAll}
      />
      <span aria-hidden="true">{t('cases.about', 'About')}</span>
      <span aria-hidden="true">{t('cases.reason', 'Reason')}</span>
      <span aria-hidden="true">{t('cases.reporters', 'Reporters')}</span>
      <span aria-hidden="true">{t('cases.severity', 'Severity')}</span>
      <span aria-hidden="true">{t('cases.age', 'Age')}</span>
      <span aria-hidden="true">{t('cases.with', 'With')}</span>
    </div>
  )
}

type GroupProps = { group: QueueGroup; filters: Filters; decide: (group: QueueGroup) => void }

/** A wave: what its accounts share, the first of them, and one decision for all. */
export function WaveGroup({ group, filters, decide }: GroupProps) {
  const isFolded = folded.value.has(group.key)
  const items = itemsOf(group)
  const name = groupName(group)
  const fold = () => {
    const next = new Set(folded.value)
    if (!next.delete(group.key)) next.add(group.key)
    folded.value = next
  }
  return (
    <section class="queue-group" aria-label={name}>
      <header class="queue-group-head">
        <button
          class="icon-button queue-fold"
          type="button"
          aria-expanded={!isFolded}
          aria-label={isFolded ? t('cases.unfold', 'Show the group') : t('cases.fold', 'Fold the group')}
          onClick={fold}
        >
          <Icon name={isFolded ? 'chevron' : 'down'} small />
        </button>
        <h2 dir="auto">{name}</h2>
        <span class="meta">
          {groupFacts(group)} · <Ago at={group.since} />
        </span>
        <span class="queue-group-acts">
          {items.length < group.accounts && !isFolded && (
            <button class="link-button" type="button" onClick={() => void openGroup(group, filters)}>
              {t('cases.showAll', 'Show all {n}', { n: group.accounts })}
            </button>
          )}
          <button class="button button-outline button-small" type="button" onClick={() => decide(group)}>
            {t('cases.decideForAll', 'Decide for all {n}', { n: group.accounts })}
          </button>
        </span>
      </header>
      {!isFolded && items.map((item) => <QueueRow key={item.target.id} item={item} group={group} />)}
    </section>
  )
}

export function SingleRows({ groups }: { groups: readonly QueueGroup[] }) {
  return (
    <>
      {groups
        .filter((group) => !isWave(group))
        .flatMap((group) => group.items.map((item) => <QueueRow key={item.target.id} item={item} group={group} />))}
    </>
  )
}

type RowProps = { item: QueueItem; group: QueueGroup }

/** Somebody who is reported. The whole row leads to the case; the tick chooses. */
export function QueueRow({ item, group }: RowProps) {
  const { target } = item
  const isTicked = isChosen(item, group)
  return (
    <article class={isTicked ? 'queue-row queue-row-chosen' : 'queue-row'} data-id={target.id}>
      <input
        type="checkbox"
        aria-label={t('cases.select', 'Select {handle}', { handle: `@${target.acct}` })}
        checked={isTicked}
        onChange={() => toggle(item, group)}
      />
      <Avatar src={target.avatar} size={36} />
      <span class="queue-who">
        <a class="queue-open" href={`/moderation/reports/${item.report_ids[0] ?? ''}`}>
          <strong dir="ltr">@{target.acct}</strong>
        </a>
        <span class="queue-excerpt" dir="auto">
          {item.excerpt || t('moderation.noWords', 'No words')}
        </span>
      </span>
      <span class="queue-reason">
        <Icon name={reasonIcon(item.category)} small />
        <span dir="auto">{reasonName(item)}</span>
      </span>
      <Reporters item={item} />
      <span class={`severity severity-${item.severity}`} title={severityText(item)}>
        <i />
        <i />
        <i />
        <span aria-hidden="true">{severityName(item.severity)}</span>
        <span class="visually-hidden">{severityText(item)}</span>
      </span>
      <span class="meta queue-age">
        <Ago at={item.since} />
      </span>
      <Holder item={item} />
    </article>
  )
}

function Reporters({ item }: { item: QueueItem }) {
  return (
    <span class="faces">
      {item.reporters.map((reporter) => (
        <Avatar key={reporter.id} src={reporter.avatar} size={24} />
      ))}
      <span class="visually-hidden">
        {t('moderation.reporters', '{n, plural, one {# reporter} other {# reporters}}', { n: item.reporters_count })}
      </span>
    </span>
  )
}

/** Who has taken it on. */
function Holder({ item: { assigned } }: { item: QueueItem }) {
  if (!assigned)
    return (
      <span class="queue-holder meta" aria-hidden="true">
        –
      </span>
    )
  const words = t('cases.holder', 'With {handle}', { handle: `@${assigned.acct}` })
  return (
    <span class="queue-holder" title={words}>
      <Avatar src={assigned.avatar} size={24} />
      <span class="visually-hidden">{words}</span>
    </span>
  )
}
