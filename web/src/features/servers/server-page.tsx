import type { PolicySeverity, ServerCase } from '@hamlet/contract/server'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Avatar } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { ChoiceRow, Group, SwitchRow } from '../settings/rows.tsx'
import { Notes } from './notes.tsx'
import { Purge, ShutOut } from './questions.tsx'
import { sayFacts, saySaved, sayTies, severityHelp, severityName } from './words.ts'

const API = '/api/web/moderation/servers'
export type Wish = {
  severity?: PolicySeverity
  reject_media?: boolean
  reject_reports?: boolean
  obfuscate?: boolean
  public_comment?: string
  private_comment?: string
  expires_at?: string
}

/** Everything about one server: what it is like, how it is treated, what that would cut (web-spec M-7). */
export function ServerPage({ host }: { host: string }) {
  const path = `${API}/${encodeURIComponent(host)}`
  const [now, setNow] = useState<ServerCase | undefined>(undefined)
  const [fault, setFault] = useState('')
  const load = async () => {
    try {
      setNow(await request<ServerCase>('GET', path))
      setFault('')
    } catch (error) {
      setFault(explain(error))
    }
  }
  useEffect(() => void load(), [path])
  return (
    <>
      <ColumnHead title={host} back />
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!now && !fault && <Skeleton />}
      {now && <Facts now={now} path={path} load={load} setNow={setNow} />}
    </>
  )
}

type Parts = { now: ServerCase; path: string; load: () => Promise<void>; setNow: (now: ServerCase) => void }

function Facts({ now, path, load, setNow }: Parts) {
  const [asks, setAsks] = useState<Wish | undefined>(undefined)
  const send = async (method: 'PUT' | 'DELETE', to: string, body?: Wish) => {
    try {
      const answer = await request<ServerCase>(method, to, body ? { body } : {})
      if (method === 'PUT') setNow(answer)
      else await load()
      return true
    } catch (error) {
      toast(explain(error))
      return false
    }
  }
  const letGo = () => send('DELETE', `/api/web/moderation/domains/${encodeURIComponent(now.server.host)}`)
  const change = async (wish: Wish) => {
    const before = now.server.policy
    if (!(await send('PUT', `${path}/policy`, wish))) return
    const back =
      before && before.domain === now.server.host ? () => send('PUT', `${path}/policy`, wishOf(before)) : letGo
    toast(saySaved(), { label: t('servers.undo', 'Undo'), run: () => void back() })
  }
  const treat = (wish: Wish) => (wish.severity === 'suspend' && now.ties.people > 0 ? setAsks(wish) : void change(wish))
  return (
    <div class="settings-page server-page">
      <p class="server-facts">{sayFacts(now.server)}</p>
      <Policy now={now} change={treat} letGo={letGo} />
      <Lost now={now} />
      <Opinions now={now} />
      <Notes now={now} path={path} load={load} />
      <Purge now={now} path={path} load={load} />
      {asks && <ShutOut now={now} close={() => setAsks(undefined)} sure={() => void change(asks)} />}
    </div>
  )
}

type Policy = NonNullable<ServerCase['server']['policy']>
const wishOf = ({ severity, reject_media, reject_reports, obfuscate, public_comment, hamlet }: Policy): Wish => ({
  severity,
  reject_media,
  reject_reports,
  obfuscate,
  public_comment: public_comment ?? '',
  expires_at: hamlet.expires_at ?? '',
})

type PolicyProps = { now: ServerCase; change: (wish: Wish) => void; letGo: () => Promise<boolean> }

function Policy({ now, change, letGo }: PolicyProps) {
  const { host, policy } = now.server
  const severity = policy?.severity ?? 'noop'
  const isInherited = policy !== null && policy.domain !== host
  const ends = policy?.hamlet.expires_at ?? null
  return (
    <Group id="policy" title={t('servers.policy', 'How it is treated')} note={severityHelp(severity)}>
      {isInherited && (
        <p class="server-note">
          {t('servers.inherited', 'As {domain}, which it lies under.', { domain: policy.domain })}
        </p>
      )}
      <ChoiceRow
        id="severity"
        label={t('servers.severity', 'Its posts and people')}
        value={severity}
        choices={(['noop', 'silence', 'suspend'] as const).map((one) => [one, severityName(one)] as const)}
        choose={(next) => change({ severity: next })}
      />
      <SwitchRow
        id="reject_media"
        label={t('servers.rejectMedia', 'Show no pictures from there')}
        isOn={policy?.reject_media ?? false}
        choose={(reject_media) => change({ reject_media, severity })}
      />
      <SwitchRow
        id="reject_reports"
        label={t('servers.rejectReports', 'Take no reports from there')}
        isOn={policy?.reject_reports ?? false}
        choose={(reject_reports) => change({ reject_reports, severity })}
      />
      <SwitchRow
        id="obfuscate"
        label={t('servers.obfuscate', 'Hide a part of its name in the public list')}
        isOn={policy?.obfuscate ?? false}
        choose={(obfuscate) => change({ obfuscate, severity })}
      />
      <ChoiceRow
        id="expires"
        label={t('servers.ends', 'Ends by itself')}
        help={ends === null ? undefined : t('servers.endsAt', 'On {date}', { date: ends.slice(0, 10) })}
        value={ends === null ? 'never' : 'kept'}
        choices={[
          ['never', t('servers.never', 'Never')],
          ...(ends === null ? [] : [['kept', t('servers.asSet', 'As set')] as const]),
          ['7', t('servers.week', 'In a week')],
          ['30', t('servers.month', 'In 30 days')],
        ]}
        choose={(days) =>
          days !== 'kept' && change({ severity, expires_at: days === 'never' ? '' : inDays(Number(days)) })
        }
      />
      <Reason
        key={policy?.public_comment ?? ''}
        value={policy?.public_comment ?? ''}
        change={(text) => change({ severity, public_comment: text })}
      />
      {policy && !isInherited && (
        <p class="server-more">
          <button class="button button-outline" type="button" onClick={() => void letGo()}>
            {t('servers.letGo', 'Treat like any other')}
          </button>
        </p>
      )}
    </Group>
  )
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

function Reason({ value, change }: { value: string; change: (text: string) => void }) {
  return (
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        const text = new FormData(event.currentTarget).get('reason')
        if (typeof text === 'string') change(text)
      }}
    >
      <div class="field">
        <div class="field-head">
          <label for="reason">{t('servers.reason', 'Reason that people read')}</label>
        </div>
        <textarea id="reason" name="reason" rows={2} maxLength={2000} dir="auto" defaultValue={value} />
      </div>
      <button class="button button-outline" type="submit">
        {t('servers.save', 'Save')}
      </button>
    </form>
  )
}

/** Who would lose somebody, by name: said before the server is shut out. */
function Lost({ now: { ties } }: { now: ServerCase }) {
  if (ties.people === 0) return null
  return (
    <Group
      id="ties"
      title={t('servers.ties', 'What shutting it out would cut')}
      note={t(
        'servers.tiesNote',
        'Each of them is told, keeps a list, and gets back what they lost when you let the server in again.',
      )}
    >
      <p class="server-note">{sayTies(ties)}</p>
      <ul class="server-list">
        {ties.named.map(({ account, following, followers }) => (
          <li class="person-row" key={account.id}>
            <Avatar src={account.avatar} size={36} />
            <span class="queue-who">
              <strong dir="ltr">@{account.acct}</strong>
              <span class="meta">
                {t('servers.eachLoses', '{following, number} followed, {followers, number} followers', {
                  following,
                  followers,
                })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Group>
  )
}

/** What the lists that the team reads say of it. */
function Opinions({ now: { opinions } }: { now: ServerCase }) {
  if (opinions.length === 0) return null
  return (
    <Group id="opinions" title={t('servers.opinions', 'What your lists say')}>
      <ul class="server-list">
        {opinions.map(({ list, severity, reason }) => (
          <li class="person-row" key={list}>
            <span class="queue-who">
              <strong dir="auto">{list}</strong>
              <span class="meta" dir="auto">
                {severityName(severity as PolicySeverity)}
                {reason && ` · ${reason}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Group>
  )
}
