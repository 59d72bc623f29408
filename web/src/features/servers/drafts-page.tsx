import type { DomainDraft, DraftChange, DomainList } from '@hamlet/contract/server'
import { useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { FeedList } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { changeName, sayWish } from './words.ts'

const API = '/api/web/moderation/lists'
type Tab = 'all' | DraftChange
const tabs: readonly Tab[] = ['all', 'new', 'stricter', 'milder', 'gone']

/** What a list asks for beside today: each is taken or left, one by one or all together. */
export function DraftsPage({ id }: { id: string }) {
  const [tab, setTab] = useState<Tab>('all')
  const lists = useLoaded<DomainList[]>(API)
  const list = lists.value?.find((one) => one.id === id)
  const sayTab = (one: Tab) => (one === 'all' ? t('servers.everything', 'Everything') : changeName(one))
  return (
    <>
      <ColumnHead
        title={list?.name ?? t('servers.list', 'List')}
        back
        tabs={
          <Tabs
            label={t('servers.changes', 'What the list asks for')}
            tabs={tabs.map((one) => [one, sayTab(one)] as const)}
            current={tab}
            choose={setTab}
          />
        }
      />
      <Drafts key={tab} id={id} tab={tab} />
    </>
  )
}

function Drafts({ id, tab }: { id: string; tab: Tab }) {
  const feed = useMemo(
    () => makeFeed<DomainDraft>(`${API}/${id}/drafts${tab === 'all' ? '' : `?change=${tab}`}`),
    [id, tab],
  )
  const decide = async (draft: DomainDraft, accept: boolean) => {
    try {
      await request('POST', `${API}/${id}/drafts/${draft.id}`, { body: { accept } })
      feed.remove((one) => one.id === draft.id)
      toast(
        accept
          ? t('servers.accepted', '{host} is treated so from now on.', { host: draft.host })
          : t('servers.declined', '{host} stays as it is. The list does not ask again.', { host: draft.host }),
      )
    } catch (error) {
      toast(explain(error))
    }
  }
  const decideAll = async (accept: boolean) => {
    try {
      await request('POST', `${API}/${id}/decide`, { body: { accept, ...(tab === 'all' ? {} : { change: tab }) } })
      feed.remove((one) => !(accept && one.is_protected))
      toast(t('servers.allDecided', 'It is being done. What many here follow stays for you to decide.'))
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="sheet column-sheet">
      {feed.items.value.length > 1 && <AllButtons decide={(accept) => void decideAll(accept)} />}
      <FeedList
        feed={feed}
        empty={{
          icon: 'fine',
          title: t('servers.nothingAsked', 'Nothing to decide'),
          text: t('servers.nothingAskedText', 'When the list changes, what is different stands here.'),
        }}
        draw={(draft) => <Draft key={draft.id} draft={draft} decide={(accept) => void decide(draft, accept)} />}
      />
    </div>
  )
}

function AllButtons({ decide }: { decide: (accept: boolean) => void }) {
  return (
    <p class="server-more">
      <button class="button button-outline" type="button" onClick={() => decide(true)}>
        {t('servers.acceptAll', 'Accept all')}
      </button>
      <button class="button button-outline" type="button" onClick={() => decide(false)}>
        {t('servers.declineAll', 'Decline all')}
      </button>
    </p>
  )
}

function Draft({ draft, decide }: { draft: DomainDraft; decide: (accept: boolean) => void }) {
  const { host, change, reason, lists, follows, is_protected } = draft
  return (
    <div class="person-row draft-row">
      <span class="queue-who">
        <strong>
          <a href={`/moderation/servers/${encodeURIComponent(host)}`}>
            <bdi>{host}</bdi>
          </a>{' '}
          <span class="tag">{changeName(change)}</span>
        </strong>
        <span class="meta" dir="auto">
          {sayWish(draft)}
          {reason && ` · ${reason}`}
        </span>
        <span class={is_protected ? 'meta server-loud' : 'meta'}>
          {t('servers.onLists', '{n, plural, one {on # list} other {on # lists}}', { n: lists })}
          {follows > 0 && ' · '}
          {follows > 0 && t('servers.follows', '{n, plural, one {# follow} other {# follows}}', { n: follows })}
          {is_protected && ` · ${t('servers.protected', 'Many here follow people there: decide it by itself')}`}
        </span>
      </span>
      <span class="person-acts">
        <button
          class="button button-outline"
          type="button"
          aria-label={t('servers.acceptNamed', 'Accept {host}', { host })}
          onClick={() => decide(true)}
        >
          {t('servers.accept', 'Accept')}
        </button>
        <button
          class="button button-outline"
          type="button"
          aria-label={t('servers.declineNamed', 'Decline {host}', { host })}
          onClick={() => decide(false)}
        >
          {t('servers.decline', 'Decline')}
        </button>
      </span>
    </div>
  )
}
