import type { QueueGroup } from '@hamlet/contract/moderation'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { place } from '../../../app/router.ts'
import { t } from '../../../i18n/words.ts'
import { Empty } from '../../../ui/parts.tsx'
import { Fault, Skeleton } from '../../../ui/states.tsx'
import { toast } from '../../../ui/toast.tsx'
import '../../../styles/cases.css'
import { BulkState, DecideMany, type ManyDecision } from './decide-many.tsx'
import { QueueFilters } from './queue-filters.tsx'
import { focusedRow, KeyHelp, KeyRow, stepRow, usePageKeys, type KeyAct } from './queue-keys.tsx'
import { QueueCaptions, SingleRows, WaveGroup } from './queue-rows.tsx'
import {
  choose,
  countChosen,
  drawn,
  fault,
  isLoading,
  isWave,
  loadMore,
  loadQueue,
  PATH,
  queryOf,
  queue,
  readFilters,
  selectionOf,
  toggle,
} from './queue-state.ts'

type ListProps = { isFiltering: boolean; children: preact.ComponentChildren }

/** What waits, with what belongs together as a group; many are decided with one press (picture 13a). */
export function QueueList({ isFiltering, children }: ListProps) {
  const filters = readFilters(place.value.query)
  const address = queryOf(filters)
  const [deciding, setDeciding] = useState<ManyDecision>()
  const [isHelp, setHelp] = useState(false)
  useEffect(() => void loadQueue(filters), [address])
  const acts = keyActs({ filters, decide: setDeciding, help: () => setHelp(true) })
  usePageKeys(acts)
  const groups = queue.value?.groups ?? []
  const waves = groups.filter(isWave)
  const singles = groups.filter((group) => !isWave(group))
  const decideGroup = (group: QueueGroup) => {
    choose([], [group.key])
    setDeciding('suspend')
  }
  return (
    <div class="sheet column-sheet queue">
      {isFiltering && <QueueFilters filters={filters} />}
      <BulkState filters={filters} />
      {fault.value && <Fault text={fault.value} retry={() => void loadQueue(filters)} />}
      {!queue.value && !fault.value && <Skeleton />}
      {queue.value && groups.length === 0 && <Nothing isFiltered={address !== ''} />}
      {groups.length > 0 && <QueueCaptions />}
      {waves.map((group) => (
        <WaveGroup key={group.key} group={group} filters={filters} decide={decideGroup} />
      ))}
      {waves.length > 0 && singles.length > 0 && <h2 class="queue-title">{t('cases.singles', 'Single reports')}</h2>}
      <SingleRows groups={singles} />
      {queue.value?.next && (
        <p class="queue-more">
          <button
            class="button button-outline"
            type="button"
            aria-busy={isLoading.value}
            onClick={() => void loadMore(filters)}
          >
            {t('cases.more', 'Show more')}
          </button>
        </p>
      )}
      {queue.value && children}
      <ChosenBar filters={filters} decide={setDeciding} />
      {groups.length > 0 && <KeyRow acts={acts.slice(0, MOST_KEYS)} more={() => setHelp(true)} />}
      {deciding && <DecideMany filters={filters} first={deciding} close={() => setDeciding(undefined)} />}
      {isHelp && <KeyHelp acts={acts} close={() => setHelp(false)} />}
    </div>
  )
}

const MOST_KEYS = 7

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <Empty icon="filter" title={t('cases.nothingFits', 'Nothing fits these filters')}>
      {t('cases.nothingFitsText', 'Take one of them away to see more.')}
    </Empty>
  ) : (
    <Empty icon="fine" title={t('moderation.nothingWaits', 'Nothing waits')}>
      {t('moderation.nothingWaitsText', 'When somebody reports or appeals, you read it here.')}
    </Empty>
  )
}

type Filters = ReturnType<typeof readFilters>
type ActProps = { filters: Filters; decide: (decision: ManyDecision) => void; help: () => void }

/** Takes on what is chosen. */
async function assign(filters: Filters): Promise<void> {
  try {
    const { accounts: n } = await request<{ accounts: number }>('POST', `${PATH}/assign`, {
      body: selectionOf(filters),
    })
    toast(
      t('cases.assigned', '{n, plural, one {# account is with you now.} other {# accounts are with you now.}}', { n }),
    )
    await loadQueue(filters, true)
  } catch (error) {
    toast(explain(error))
  }
}

/** What is under the focus is meant, where nothing is chosen. */
function chooseFocused(): boolean {
  if (countChosen() > 0) return true
  const id = focusedRow()?.dataset.id
  if (id !== undefined) choose([id])
  return id !== undefined
}

function keyActs({ filters, decide, help }: ActProps): KeyAct[] {
  const meant = (decision: ManyDecision) => () => {
    if (chooseFocused()) decide(decision)
  }
  const act = (keys: readonly string[], shown: string, words: string, run: () => void): KeyAct => ({
    keys,
    shown,
    words,
    run,
  })
  const tick = () => {
    const id = focusedRow()?.dataset.id
    const found = drawn().find(({ item }) => item.target.id === id)
    if (found) toggle(found.item, found.group)
  }
  return [
    act(['j', 'ArrowDown'], 'j', t('cases.keyNext', 'next'), () => stepRow(1)),
    act(['k', 'ArrowUp'], 'k', t('cases.keyBefore', 'before'), () => stepRow(-1)),
    act(['x'], 'x', t('cases.keySelect', 'select'), tick),
    act(['o'], 'o', t('cases.keyOpen', 'open'), () => focusedRow()?.querySelector<HTMLElement>('.queue-open')?.click()),
    act(['e', 'y'], 'e', t('cases.keyResolve', 'resolve'), meant('none')),
    act(['a'], 'a', t('cases.keyAssign', 'to me'), () => void (chooseFocused() && assign(filters))),
    act(['S'], '⇧ S', t('cases.keySuspend', 'suspend'), meant('suspend')),
    act(['w'], 'w', t('cases.keyWarn', 'warn'), meant('warn')),
    act(['s'], 's', t('cases.keyLimit', 'limit'), meant('limit')),
    act(['c'], 'c', t('cases.keyClear', 'select nothing'), () => choose([])),
    act(['?'], '?', t('cases.keyHelp', 'all keys'), help),
  ]
}

/** What can be done with all that is chosen. */
function ChosenBar({ filters, decide }: { filters: Filters; decide: (decision: ManyDecision) => void }) {
  const n = countChosen()
  if (n === 0) return null
  return (
    <section class="chosen-bar" aria-label={t('cases.chosen', 'What is selected')}>
      <output>{t('cases.count', '{n, plural, one {# selected} other {# selected}}', { n })}</output>
      <button class="link-button" type="button" onClick={() => decide('suspend')}>
        {t('cases.suspendMany', 'Suspend…')}
      </button>
      <button class="link-button" type="button" onClick={() => decide('limit')}>
        {t('cases.limitMany', 'Limit…')}
      </button>
      <button class="link-button" type="button" onClick={() => decide('none')}>
        {t('cases.resolveMany', 'Close…')}
      </button>
      <button class="link-button" type="button" onClick={() => void assign(filters)}>
        {t('cases.assignMany', 'Assign')}
      </button>
    </section>
  )
}
