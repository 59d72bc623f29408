import type { PostImport } from '@hamlet/contract/archives'
import { useEffect, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { formats, t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'

const PATH = '/api/hamlet/v1/post_imports'
const LOOK_EVERY_MS = 3_000
const day = (at: string) => new Intl.DateTimeFormat(formats(), { dateStyle: 'medium' }).format(new Date(at))

/** Old posts of one's own from an archive: looked into, brought, taken back. */
export function PostsGroup() {
  const [rows, setRows] = useState<PostImport[]>()
  const [draft, setDraft] = useState<PostImport>()
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    request<PostImport[]>('GET', PATH).then(setRows, (error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  const isBusy = rows?.some(({ state }) => state === 'running' || state === 'undoing') ?? false
  useEffect(() => {
    if (!isBusy) return
    const timer = setInterval(load, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isBusy])
  const say = async (one: PostImport, verb: 'confirm' | 'undo') => {
    try {
      await request('POST', `${PATH}/${one.id}/${verb}`)
      setDraft(undefined)
      load()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <Group
      id="old-posts"
      title={t('archives.oldPosts', 'Bring your old posts')}
      note={t(
        'archives.oldPostsNote',
        'From an archive of Mastodon or Hamlet. They stand at their old dates, marked as brought; they are sent to no other server, and nobody is told. Boosts and private mentions stay out.',
      )}
    >
      {fault && <Fault text={fault} retry={load} />}
      {!rows && !fault && <Skeleton rows={1} />}
      {rows && <Chooser chosen={setDraft} />}
      {draft && <Draft draft={draft} say={say} />}
      {rows?.map((one) => (
        <Row key={one.id} one={one} say={say} />
      ))}
    </Group>
  )
}

function Chooser({ chosen }: { chosen: (draft: PostImport) => void }) {
  const [isSending, setSending] = useState(false)
  const [fault, setFault] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const send = async (file: File) => {
    const form = new FormData()
    form.set('data', file)
    setSending(true)
    setFault('')
    try {
      chosen(await request<PostImport>('POST', PATH, { form }))
    } catch (error) {
      setFault(explain(error))
    }
    if (field.current) field.current.value = ''
    setSending(false)
  }
  return (
    <div class="wish import-chooser">
      <span>
        <strong>{t('archives.zip', 'An archive, as a zip file')}</strong>
        {fault && (
          <p class="field-fault" role="alert">
            {fault}
          </p>
        )}
      </span>
      <button
        class="button button-outline"
        type="button"
        aria-busy={isSending}
        onClick={() => !isSending && field.current?.click()}
      >
        {t('archives.chooseZip', 'Choose an archive')}
      </button>
      <input
        ref={field}
        type="file"
        hidden
        accept=".zip,application/zip"
        aria-label={t('archives.chooseZip', 'Choose an archive')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) void send(file)
        }}
      />
    </div>
  )
}

type Say = (one: PostImport, verb: 'confirm' | 'undo') => Promise<void>

function Draft({ draft, say }: { draft: PostImport; say: Say }) {
  const { preview } = draft
  return (
    <section class="import-preview" aria-label={t('archives.preview', 'What would become of it')}>
      <div class="wish">
        <span>
          <strong>
            {t('archives.postCount', '{n, plural, one {# post} other {# posts}}, {from} to {to}', {
              n: preview.posts,
              from: day(preview.oldest),
              to: day(preview.newest),
            })}
          </strong>
          <small>
            <bdi>{preview.actor}</bdi>
          </small>
          <small>
            {t('archives.postParts', 'Pictures: {pictures}. Brought before: {known}. Left out: {left}.', {
              pictures: preview.pictures,
              known: preview.known,
              left: preview.boosts + preview.private_mentions + preview.unreadable,
            })}
          </small>
        </span>
      </div>
      <div class="wish import-acts">
        <button class="button button-outline" type="button" onClick={() => void say(draft, 'undo')}>
          {t('archives.letGo', 'Let go')}
        </button>
        <button class="button button-primary" type="button" onClick={() => void say(draft, 'confirm')}>
          {t('archives.bringPosts', 'Bring these posts')}
        </button>
      </div>
    </section>
  )
}

function Row({ one, say }: { one: PostImport; say: Say }) {
  const isRunning = one.state === 'running'
  const mayUndo = (isRunning || one.state === 'finished') && Date.parse(one.undo_until) > Date.now()
  return (
    <div class="wish import-row">
      <span>
        <strong dir="auto">{one.file_name}</strong>
        <small>
          {one.state === 'undone' || one.state === 'undoing'
            ? t('archives.undone', 'Taken back')
            : t('archives.postsDone', '{done} of {n} posts brought', { done: one.done, n: one.preview.posts })}
        </small>
        {isRunning && (
          <progress value={one.done} max={one.preview.posts} aria-label={t('archives.progress', 'How far it is')} />
        )}
      </span>
      {mayUndo && (
        <button
          class="button button-outline"
          type="button"
          aria-label={t('archives.undoOf', 'Take back: {name}', { name: one.file_name })}
          onClick={() => void say(one, 'undo')}
        >
          {t('archives.undo', 'Take back')}
        </button>
      )}
    </div>
  )
}
