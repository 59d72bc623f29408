import type { ServerItem, ServerPage as Page } from '@hamlet/contract/server'
import { useEffect, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import '../../styles/servers.css'
import { ServerPage } from './server-page.tsx'
import { exampleHost, sayFacts, severityName } from './words.ts'

const PLACE = '/moderation/servers'
const API = '/api/web/moderation/servers'

/** Other servers, or the one that the path names. */
export function ServersPage({ path }: { path: string }) {
  const host = decodeURIComponent(path.slice(PLACE.length + 1))
  return host === '' ? <ServerList /> : <ServerPage key={host} host={host} />
}

type Filter = 'all' | 'treated' | 'limited' | 'suspended' | 'reported' | 'failing'
const filters = (): [Filter, string][] => [
  ['all', t('servers.all', 'All')],
  ['treated', t('servers.treated', 'With a policy')],
  ['limited', t('servers.silence', 'Limited')],
  ['suspended', t('servers.suspend', 'Shut out')],
  ['reported', t('servers.reported', 'With open reports')],
  ['failing', t('servers.failing', 'Not answering')],
]

type Shown = { servers: ServerItem[]; next: string | null; isLimited: boolean }

/** Servers by name, a page at a time; what was asked last counts. */
function useServers(filter: Filter, search: string) {
  const [shown, setShown] = useState<Shown | undefined>(undefined)
  const [fault, setFault] = useState('')
  const asked = useRef(0)
  const load = async (before: Shown | undefined) => {
    const turn = (asked.current += 1)
    const query = new URLSearchParams({ filter, q: search, after: before?.next ?? '' })
    try {
      const page = await request<Page>('GET', `${API}?${query.toString()}`)
      if (turn !== asked.current) return
      const servers = [...(before?.servers ?? []), ...page.servers]
      setShown({ servers, next: page.next, isLimited: page.is_limited })
      setFault('')
    } catch (error) {
      if (turn === asked.current) setFault(explain(error))
    }
  }
  useEffect(() => void load(undefined), [filter, search])
  return { shown, fault, again: () => load(undefined), more: () => load(shown) }
}

function ServerList() {
  const [filter, setFilter] = useState<Filter>('all')
  const [search, setSearch] = useState('')
  const { shown, fault, again, more } = useServers(filter, search)
  return (
    <>
      <ColumnHead title={t('servers.title', 'Servers')}>
        <a class="button button-outline head-end" href="/api/web/moderation/domain_blocks.csv" download>
          {t('servers.export', 'Download list')}
        </a>
      </ColumnHead>
      <div class="sheet column-sheet">
        <Finder filter={filter} choose={setFilter} find={setSearch} />
        {shown?.isLimited && (
          <p class="server-note">
            <Icon name="info" small />
            {t('servers.limitedMode', 'Only servers that you let in by name are dealt with here.')}
          </p>
        )}
        {fault && <Fault text={fault} retry={() => void again()} />}
        {!shown && !fault && <Skeleton />}
        {shown?.servers.length === 0 && (
          <Empty title={t('servers.none', 'No server like that')}>
            {t('servers.noneText', 'Servers stand here as soon as somebody of them is known, or you name them.')}
          </Empty>
        )}
        <ul class="server-list">
          {shown?.servers.map((server) => (
            <ServerRow key={server.host} server={server} />
          ))}
        </ul>
        {shown?.next && (
          <p class="server-more">
            <button class="button button-outline" type="button" onClick={() => void more()}>
              {t('servers.more', 'Show more')}
            </button>
          </p>
        )}
      </div>
    </>
  )
}

type FinderProps = { filter: Filter; choose: (filter: Filter) => void; find: (text: string) => void }

function Finder({ filter, choose, find }: FinderProps) {
  return (
    <search>
      <form
        class="gate-form server-finder"
        onSubmit={(event) => {
          event.preventDefault()
          const text = new FormData(event.currentTarget).get('q')
          find(typeof text === 'string' ? text.trim() : '')
        }}
      >
        <label class="gate-text">
          <span class="field-head">{t('servers.find', 'Find or name a server')}</span>
          <span class="input">
            <input
              name="q"
              type="search"
              maxLength={253}
              placeholder={exampleHost}
              autocapitalize="none"
              spellcheck={false}
            />
          </span>
        </label>
        <label class="gate-choice">
          <span class="field-head">{t('servers.show', 'Show')}</span>
          <span class="gate-select">
            <select value={filter} onChange={(event) => choose(event.currentTarget.value as Filter)}>
              {filters().map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
            <Icon name="down" small />
          </span>
        </label>
        <button class="button button-outline" type="submit">
          {t('servers.search', 'Find')}
        </button>
      </form>
    </search>
  )
}

function ServerRow({ server }: { server: ServerItem }) {
  const { host, policy, delivery, lists } = server
  return (
    <li>
      <a class="server-row" href={`${PLACE}/${encodeURIComponent(host)}`}>
        <span class="queue-who">
          <strong>
            <bdi>{host}</bdi>
          </strong>
          <span class="meta">{sayFacts(server)}</span>
        </span>
        <span class="server-tags">
          {delivery.state === 'failing' && <span class="tag">{t('servers.failing', 'Not answering')}</span>}
          {lists > 0 && (
            <span class="tag">
              {t('servers.onLists', '{n, plural, one {on # list} other {on # lists}}', { n: lists })}
            </span>
          )}
          {server.is_allowed && <span class="tag">{t('servers.letIn', 'Let in')}</span>}
          {policy && <span class={`tag server-${policy.severity}`}>{severityName(policy.severity)}</span>}
        </span>
        <Icon name="chevron" small />
      </a>
    </li>
  )
}
