import type { PostImport } from '@hamlet/contract/archives'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { formats, t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'
import { FileChooser, useBrought } from './brought.tsx'

const PATH = '/api/hamlet/v1/post_imports'
const LOOK_EVERY_MS = 3_000
const day = (at: string) => new Intl.DateTimeFormat(formats(), { dateStyle: 'medium' }).format(new Date(at))

const isUnderWay = ({ state }: PostImport): boolean => state === 'running' || state === 'undoing'

/** Old posts of one's own from an archive: looked into, brought, taken back. */
export function PostsGroup() {
  const { rows, setRows, fault, load } = useBrought<PostImport>(PATH, isUnderWay, LOOK_EVERY_MS)
  const [draft, setDraft] = useState<PostImport>()
  const say = async (one: PostImport, verb: 'confirm' | 'undo') => {
    // In its place at the press, so that nothing moves when the answer comes.
    if (draft?.id === one.id) {
      setDraft(undefined)
      if (verb === 'confirm') setRows((now) => [{ ...one, state: 'running' }, ...(now ?? [])])
    }
    try {
      await request('POST', `${PATH}/${one.id}/${verb}`)
    } catch (error) {
      toast(explain(error))
    }
    load()
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
  return (
    <FileChooser
      path={PATH}
      label={t('archives.chooseZip', 'Choose an archive')}
      accept=".zip,application/zip"
      chosen={chosen}
    >
      <strong>{t('archives.zip', 'An archive, as a zip file')}</strong>
    </FileChooser>
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
