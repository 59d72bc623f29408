import type { DomainList, ImportOutcome } from '@hamlet/contract/server'
import { useRef } from 'preact/hooks'
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
import { DraftsPage } from './drafts-page.tsx'
import { exampleList } from './words.ts'

const PLACE = '/moderation/lists'
const API = '/api/web/moderation/lists'
const FILES = '.csv,.txt,text/csv,text/plain'

/** The lists that the team reads, or what one of them asks for (web-spec M-9). */
export function ServerListsPage({ path }: { path: string }) {
  const id = path.slice(PLACE.length + 1)
  return id === '' ? <Sources /> : <DraftsPage key={id} id={id} />
}

function Sources() {
  const { value, fault, load } = useLoaded<DomainList[]>(API)
  return (
    <>
      <ColumnHead title={t('servers.lists', 'Lists of servers')} />
      <div class="sheet column-sheet">
        <AddList load={load} />
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton />}
        {value?.length === 0 && (
          <Empty icon="list" title={t('servers.noLists', 'No list is read here')}>
            {t(
              'servers.noListsText',
              'Other teams publish whom they shut out, and why. Nothing of it counts before you accept it.',
            )}
          </Empty>
        )}
        <ul class="server-list">
          {value?.map((list) => (
            <Source key={list.id} list={list} load={load} />
          ))}
        </ul>
      </div>
    </>
  )
}

function Source({ list, load }: { list: DomainList; load: () => Promise<void> }) {
  const open = list.open.new + list.open.stricter + list.open.milder + list.open.gone
  const act = async (method: 'POST' | 'DELETE', to: string, words: string) => {
    try {
      await request(method, `${API}/${list.id}${to}`, method === 'POST' ? { body: {} } : {})
      toast(words)
      await load()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <li class="person-row">
      <a class="queue-who" href={`${PLACE}/${list.id}`}>
        <strong dir="auto">{list.name}</strong>
        <span class="meta">
          {t('servers.entries', '{n, plural, one {# server} other {# servers}}', { n: list.entries })}
          {' · '}
          {t('servers.openDrafts', '{n, plural, =0 {nothing to decide} one {# to decide} other {# to decide}}', {
            n: open,
          })}
          {list.imported_at && ' · '}
          {list.imported_at && <Ago at={list.imported_at} />}
        </span>
        {list.problem && <span class="meta server-loud">{list.problem}</span>}
      </a>
      <span class="person-acts">
        {list.url && (
          <button
            class="icon-button"
            type="button"
            aria-label={t('servers.fetchNamed', 'Fetch {name} now', { name: list.name })}
            title={t('servers.fetch', 'Fetch now')}
            onClick={() => void act('POST', '/import', t('servers.fetching', 'It is fetched now.'))}
          >
            <Icon name="fresh" />
          </button>
        )}
        {!list.url && <NewerFile list={list} load={load} />}
        <button
          class="icon-button"
          type="button"
          aria-label={t('servers.removeNamed', 'Read {name} no more', { name: list.name })}
          title={t('servers.removeList', 'Read no more')}
          onClick={() =>
            void act('DELETE', '', t('servers.listRemoved', 'It is read no more. Servers stay as they are treated.'))
          }
        >
          <Icon name="remove" />
        </button>
      </span>
    </li>
  )
}

/** A list that came as a file comes so again; what is different since waits to be decided. */
function NewerFile({ list, load }: { list: DomainList; load: () => Promise<void> }) {
  const field = useRef<HTMLInputElement>(null)
  const send = async (file: File | undefined) => {
    if (!file) return
    try {
      const content = await file.text()
      toast(sayImported(await request<ImportOutcome>('POST', `${API}/${list.id}/import`, { body: { content } })))
      await load()
    } catch (error) {
      toast(explain(error))
    }
    if (field.current) field.current.value = ''
  }
  return (
    <>
      <input
        ref={field}
        class="visually-hidden"
        type="file"
        accept={FILES}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => void send(event.currentTarget.files?.[0])}
      />
      <button
        class="icon-button"
        type="button"
        aria-label={t('servers.newerNamed', 'Bring a newer file of {name}', { name: list.name })}
        title={t('servers.newer', 'Bring a newer file')}
        onClick={() => field.current?.click()}
      >
        <Icon name="fresh" />
      </button>
    </>
  )
}

const sayImported = (found: ImportOutcome): string =>
  t(
    'servers.imported',
    '{drafts, plural, =0 {Nothing to decide} one {# change to decide} other {# changes to decide}}, {same, number} as today',
    found,
  )

/** What a file or an address holds, as the server takes it. */
async function readForm(form: FormData): Promise<{ name: string; url?: string; content?: string }> {
  const [name, url, file] = [textOf(form, 'name'), textOf(form, 'url'), form.get('file')]
  const content = file instanceof Blob && file.size > 0 ? await file.text() : ''
  return { name, ...(content ? { content } : {}), ...(url ? { url } : {}) }
}

function AddList({ load }: { load: () => Promise<void> }) {
  const send = async (form: FormData) => {
    const found = await request<ImportOutcome>('POST', API, { body: await readForm(form) })
    toast(sayImported(found))
    await load()
  }
  const lead = t(
    'servers.listsLead',
    'Bring the list of another team as a file, or give its address: then it is read every day. What it asks for waits here for you.',
  )
  return (
    <AddForm lead={lead} label={t('servers.addList', 'Read it')} send={send}>
      <LineField name="name" label={t('servers.listName', 'Name of the list')} isRequired />
      <LineField name="url" label={t('servers.listUrl', 'Address (https)')} placeholder={exampleList} />
      <label class="gate-text">
        <span class="field-head">{t('servers.listFile', 'or a file (CSV)')}</span>
        <input name="file" type="file" accept={FILES} />
      </label>
    </AddForm>
  )
}
