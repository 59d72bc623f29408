import type { AdminAccount } from '@hamlet/contract/sign-up'
import type { SuspensionProposal } from '@hamlet/contract/team'
import { useMemo, useState } from 'preact/hooks'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { match } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { FeedList, Skeleton } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { FindForm } from '../gates/line-form.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { AccountPage } from './account-page.tsx'
import { Marks, Proposal } from './marks.tsx'
import { Pick } from './pick.tsx'

type Filter = { text: string; origin: string; status: string; staff: boolean }

const origins = (): [string, string][] => [
  ['', t('measures.everywhere', 'Everywhere')],
  ['local', t('measures.here', 'This server')],
  ['remote', t('measures.elsewhere', 'Other servers')],
]
const statuses = (): [string, string][] => [
  ['', t('measures.anyState', 'Any state')],
  ['active', t('measures.active', 'Active')],
  ['pending', t('measures.pending', 'Waiting to be let in')],
  ['sensitized', t('measures.sensitized', 'Media covered')],
  ['silenced', t('measures.silenced', 'Limited')],
  ['disabled', t('measures.disabled', 'Frozen')],
  ['suspended', t('measures.suspended', 'Suspended')],
]

/** Everybody whom this server knows, and one of them with all that the team knows (picture 13a, its list). */
export function AccountsPage({ path }: { path: string }) {
  const one = match('/moderation/accounts/:id', path)
  if (one?.id) return <AccountPage key={one.id} id={one.id} />
  return <AccountList />
}

function AccountList() {
  const [filter, setFilter] = useState<Filter>({ text: '', origin: 'local', status: '', staff: false })
  const waiting = useLoaded<SuspensionProposal[]>('/api/web/moderation/proposals')
  const isThere = waiting.value !== undefined || waiting.fault !== ''
  return (
    <>
      <ColumnHead title={t('measures.accounts', 'Accounts')} />
      <div class="sheet column-sheet">
        <Narrow filter={filter} choose={setFilter} />
        {!isThere && <Skeleton rows={5} />}
        {waiting.value?.map((one) => (
          <Proposal key={one.id} proposal={one} done={() => void waiting.load()} />
        ))}
        {isThere && <Rows key={queryOf(filter)} query={queryOf(filter)} />}
      </div>
    </>
  )
}

function queryOf({ text, origin, status, staff }: Filter): string {
  const query = new URLSearchParams()
  const words = text.trim()
  if (words.includes('@') && words.indexOf('@') > 0 && !words.includes(' ')) query.set('email', words)
  else if (/^[\d.:a-f/]+$/i.test(words) && /[.:]/.test(words)) query.set('ip', words)
  else if (words !== '') query.set('username', words)
  if (origin !== '') query.set('origin', origin)
  if (status !== '') query.set('status', status)
  if (staff) query.set('permissions', 'staff')
  return query.toString()
}

function Narrow({ filter, choose }: { filter: Filter; choose: (filter: Filter) => void }) {
  return (
    <FindForm
      label={t('measures.find', 'Name, e-mail address or IP address')}
      button={t('measures.search', 'Search')}
      find={(text) => choose({ ...filter, text })}
    >
      <Pick
        label={t('measures.from', 'From')}
        options={origins()}
        value={filter.origin}
        choose={(origin) => choose({ ...filter, origin })}
      />
      <Pick
        label={t('measures.state', 'State')}
        options={statuses()}
        value={filter.status}
        choose={(status) => choose({ ...filter, status })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={filter.staff}
          onChange={(event) => choose({ ...filter, staff: event.currentTarget.checked })}
        />
        <span>{t('measures.team', 'Only the team')}</span>
      </label>
    </FindForm>
  )
}

function Rows({ query }: { query: string }) {
  const feed = useMemo(() => makeFeed<AdminAccount>(`/api/v2/admin/accounts${query ? `?${query}` : ''}`), [query])
  return (
    <FeedList
      feed={feed}
      empty={{
        title: t('measures.nobody', 'Nobody'),
        text: t('measures.nobodyText', 'Search for less, or elsewhere.'),
        icon: 'person',
      }}
      draw={(row) => (
        <a class="gate-row account-row" key={row.id} href={`/moderation/accounts/${row.id}`}>
          <Avatar src={row.account.avatar} size={36} />
          <span class="queue-who">
            <strong>
              <bdi>{nameOf(row.account)}</bdi> <Marks account={row} />
            </strong>
            <span class="meta">
              <bdi dir="ltr">@{row.account.acct}</bdi>
              {row.email && (
                <>
                  {' · '}
                  <bdi dir="ltr">{row.email}</bdi>
                </>
              )}
            </span>
          </span>
          <span class="meta">
            <Ago at={row.created_at} />
          </span>
        </a>
      )}
    />
  )
}
