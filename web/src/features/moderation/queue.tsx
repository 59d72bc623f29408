import type { AppealItem } from '@hamlet/contract/moderation'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { navigate, place } from '../../app/router.ts'
import { may } from '../../app/session.ts'
import { amount, rich, t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { QueueList } from './cases/queue-list.tsx'
import { loadQueue, queue, readFilters } from './cases/queue-state.ts'
import { SignUps } from './sign-ups.tsx'
import { actionName } from './words.ts'

type QueueTab = 'reports' | 'mine' | 'sign-ups'
export const tabPaths: Record<QueueTab, string> = {
  reports: '/moderation',
  mine: '/moderation?holder=me',
  'sign-ups': '/moderation/sign-ups',
}

/** Reports and appeals, and who waits to be let in (picture 13a); whoever may do one half alone sees that half. */
export function QueuePage({ asked }: { asked: 'reports' | 'sign-ups' }) {
  if (!may('manage_reports'))
    return (
      <>
        <ColumnHead title={t('moderation.queue', 'Queue')} />
        <SignUps decided={() => {}} />
      </>
    )
  return <WholeQueue isSignUps={asked === 'sign-ups' && may('manage_users')} />
}

function WholeQueue({ isSignUps }: { isSignUps: boolean }) {
  const filters = readFilters(place.value.query)
  const isMine = filters.holder === 'me' && Object.keys(filters).length === 1
  const hasFilters = !isMine && Object.keys(filters).length > 0
  const [isFiltering, setFiltering] = useState(hasFilters)
  const tab = isSignUps ? 'sign-ups' : isMine ? 'mine' : 'reports'
  return (
    <>
      <QueueHead tab={tab} isFiltering={isFiltering} toggle={() => setFiltering(!isFiltering)} />
      {isSignUps ? (
        <SignUpsTab />
      ) : (
        <QueueList isFiltering={isFiltering}>{tab === 'reports' && !hasFilters && <Appeals />}</QueueList>
      )}
    </>
  )
}

function SignUpsTab() {
  const read = () => void loadQueue({})
  useEffect(read, [])
  return <SignUps decided={read} />
}

type HeadProps = { tab: QueueTab; isFiltering: boolean; toggle: () => void }

function QueueHead({ tab, isFiltering, toggle }: HeadProps) {
  const now = queue.value
  const counts: Record<QueueTab, number> = {
    reports: now ? now.open + now.appeals.length : 0,
    mine: now?.mine ?? 0,
    'sign-ups': now?.sign_ups ?? 0,
  }
  const named = (name: string, count: number) => (
    <>
      {name}
      <span class="tab-count">{count > 0 && ` ${amount(count)}`}</span>
    </>
  )
  const tabs: [QueueTab, preact.ComponentChildren][] = [
    ['reports', named(t('moderation.reports', 'Reports'), counts.reports)],
    ['mine', named(t('cases.mine', 'Mine'), counts.mine)],
  ]
  if (may('manage_users')) tabs.push(['sign-ups', named(t('moderation.signUps', 'Sign-ups'), counts['sign-ups'])])
  return (
    <ColumnHead
      title={t('moderation.queue', 'Queue')}
      tabs={
        <Tabs
          label={t('moderation.whatWaits', 'What waits')}
          tabs={tabs}
          current={tab}
          choose={(next) => navigate(tabPaths[next], { replace: true })}
        />
      }
    >
      <span class={now ? 'meta' : 'meta to-come'}>
        {t('moderation.openCount', '{n, plural, one {# open} other {# open}}', { n: counts[tab] })}
        {now?.oldest && tab === 'reports' && (
          <>
            {', '}
            {t('cases.oldest', 'oldest')} <Ago at={now.oldest} />
          </>
        )}
      </span>
      {tab !== 'sign-ups' && (
        <button class="button button-outline queue-filter" type="button" aria-expanded={isFiltering} onClick={toggle}>
          <Icon name="filter" small />
          {t('cases.filter', 'Filter')}
        </button>
      )}
    </ColumnHead>
  )
}

function Appeals() {
  const appeals = queue.value?.appeals ?? []
  if (appeals.length === 0) return null
  return (
    <>
      <h2 class="list-title">{t('moderation.appeals', 'Appeals')}</h2>
      {appeals.map((appeal) => (
        <AppealRow key={appeal.id} appeal={appeal} done={() => void loadQueue({}, true)} />
      ))}
    </>
  )
}

function AppealRow({ appeal, done }: { appeal: AppealItem; done: () => void }) {
  const decide = async (approve: boolean) => {
    try {
      await request('POST', `/api/web/moderation/appeals/${appeal.id}/decision`, { body: { approve } })
      toast(
        approve
          ? t('moderation.overruled', 'The decision is taken back.')
          : t('moderation.upheld', 'The decision stands.'),
      )
      done()
    } catch (error) {
      toast(explain(error))
    }
  }
  const handle = `@${appeal.target.acct}`
  return (
    <div class="person-row">
      <Avatar src={appeal.target.avatar} size={36} />
      <span class="queue-who">
        <strong>
          <a href={`/moderation/accounts/${appeal.target.id}`} dir="ltr">
            @{appeal.target.acct}
          </a>
        </strong>
        <Against appeal={appeal} />
        <span dir="auto">“{appeal.text}”</span>
      </span>
      <span class="person-acts">
        <button
          class="button button-outline button-small"
          type="button"
          aria-label={t('moderation.standsWho', 'It stands: {handle}', { handle })}
          onClick={() => void decide(false)}
        >
          {t('moderation.stands', 'It stands')}
        </button>
        <button
          class="button button-primary button-small"
          type="button"
          aria-label={t('moderation.takeBackWho', 'Take it back: {handle}', { handle })}
          onClick={() => void decide(true)}
        >
          {t('moderation.takeBack', 'Take it back')}
        </button>
      </span>
    </div>
  )
}

/** What the appeal is against: nobody weighs the one without the other. */
function Against({ appeal: { action, by, decided_at, words } }: { appeal: AppealItem }) {
  return (
    <span class="meta queue-against">
      {actionName(action)}
      {by && ' '}
      {by && rich('moderation.decidedBy', 'by {who}', { who: <bdi>@{by.acct}</bdi> })}
      {' · '}
      <Ago at={decided_at} />
      {words && ' · '}
      {words && <bdi>“{words}”</bdi>}
    </span>
  )
}
