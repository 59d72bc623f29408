import type { Relay } from '@hamlet/contract/server'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import '../../styles/servers.css'
import { AddForm, LineField, textOf } from '../gates/line-form.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { exampleRelay, relayState } from './words.ts'

const API = '/api/web/admin/relays'

/** Relays: through them public posts of many servers come and go. */
export function RelaysPage() {
  const { value, fault, load } = useLoaded<Relay[]>(API)
  const act = async (method: 'POST' | 'DELETE', to: string) => {
    try {
      await request(method, `${API}${to}`, method === 'POST' ? { body: {} } : {})
      await load()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <>
      <ColumnHead title={t('relays.title', 'Relays')} />
      <div class="sheet column-sheet">
        <AddRelay load={load} />
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton />}
        {value?.length === 0 && (
          <Empty icon="surge" title={t('relays.none', 'No relay')}>
            {t('relays.noneText', 'A small server hears more of the world through one. You can leave it at any time.')}
          </Empty>
        )}
        <ul class="server-list">
          {value?.map((relay) => (
            <RelayRow key={relay.id} relay={relay} act={act} />
          ))}
        </ul>
      </div>
    </>
  )
}

type RowProps = { relay: Relay; act: (method: 'POST' | 'DELETE', to: string) => Promise<void> }

function RelayRow({ relay: { id, url, state, problem, last_heard_at }, act }: RowProps) {
  const isOn = state === 'pending' || state === 'accepted'
  return (
    <li class="person-row">
      <span class="queue-who">
        <strong dir="ltr">{url}</strong>
        <span class="meta">
          {relayState(state)}
          {last_heard_at && ' · '}
          {last_heard_at && <Ago at={last_heard_at} />}
        </span>
        {problem && <span class="meta server-loud">{problem}</span>}
      </span>
      <span class="person-acts">
        <button
          class="button button-outline"
          type="button"
          aria-label={
            isOn ? t('relays.leaveNamed', 'Leave {url}', { url }) : t('relays.joinNamed', 'Join {url}', { url })
          }
          onClick={() => void act('POST', `/${id}/${isOn ? 'disable' : 'enable'}`)}
        >
          {isOn ? t('relays.leave', 'Leave') : t('relays.join', 'Join')}
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label={t('relays.removeNamed', 'Remove {url}', { url })}
          title={t('relays.remove', 'Remove')}
          onClick={() => void act('DELETE', `/${id}`)}
        >
          <Icon name="remove" />
        </button>
      </span>
    </li>
  )
}

function AddRelay({ load }: { load: () => Promise<void> }) {
  const send = async (form: FormData) => {
    await request('POST', API, { body: { url: textOf(form, 'url') } })
    await load()
  }
  const lead = t(
    'relays.lead',
    'Every public post from here goes to a relay that you join, and posts of all its servers come in. They are checked like any other.',
  )
  return (
    <AddForm lead={lead} label={t('relays.add', 'Join')} send={send}>
      <LineField
        name="url"
        label={t('relays.url', 'Address of the inbox, or of the relay’s actor')}
        placeholder={exampleRelay}
        isRequired
      />
    </AddForm>
  )
}
