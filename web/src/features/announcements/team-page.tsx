import type { TeamAnnouncement } from '@hamlet/contract/announcement'
import { useState } from 'preact/hooks'
import { explain, request, type Method } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { spanOf } from './span.ts'
import { TEAM_PATH, TeamForm } from './team-form.tsx'

/** What was announced, what waits and what is over; here it is written, changed and taken down. */
export function TeamAnnouncementsPage() {
  const { value, fault, load } = useLoaded<TeamAnnouncement[]>(TEAM_PATH)
  const [edited, setEdited] = useState<TeamAnnouncement | undefined>(undefined)
  return (
    <>
      <ColumnHead title={t('announcements.title', 'Announcements')} />
      <div class="sheet column-sheet">
        <TeamForm
          key={edited?.id ?? 'new'}
          edited={edited}
          done={() => {
            setEdited(undefined)
            void load()
          }}
        />
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton rows={2} />}
        {value?.length === 0 && (
          <Empty icon="announce" title={t('announcements.teamNone', 'Nothing has been announced yet')}>
            {t('announcements.teamNoneText', 'What you write above is shown to everybody here, beside their home.')}
          </Empty>
        )}
        {value?.map((one) => (
          <Row key={one.id} row={one} edit={() => setEdited(one)} changed={() => void load()} />
        ))}
      </div>
    </>
  )
}

const hourOf = (at: string | null) => spanOf({ starts_at: at, ends_at: at, all_day: false })

function standingOf({ state, scheduled_at, published_at }: TeamAnnouncement): string {
  if (state === 'published') return t('announcements.published', 'Shown since {when}', { when: hourOf(published_at) })
  if (state === 'scheduled') return t('announcements.scheduled', 'Shown from {when} on', { when: hourOf(scheduled_at) })
  return state === 'over' ? t('announcements.over', 'Over') : t('announcements.draft', 'Draft, shown to nobody')
}

type RowProps = { row: TeamAnnouncement; edit: () => void; changed: () => void }
type Act = (method: Method, suffix: string, words: string) => Promise<void>

function Row({ row, edit, changed }: RowProps) {
  const act: Act = async (method, suffix, words) => {
    try {
      await request(method, `${TEAM_PATH}/${row.id}${suffix}`)
      toast(words)
      changed()
    } catch (error) {
      toast(explain(error))
    }
  }
  const span = spanOf(row)
  return (
    <article class="news-card">
      <p class="meta">
        <strong>{standingOf(row)}</strong>
        {span !== '' && ` · ${span}`}
      </p>
      <p class="news-text news-raw" dir="auto">
        {row.text}
      </p>
      <p class="news-acts">
        <SmallButton label={t('announcements.edit', 'Change')} run={edit} />
        <Showing state={row.state} act={act} />
        <Deleting act={act} />
      </p>
    </article>
  )
}

function SmallButton({ label, run }: { label: string; run: () => void }) {
  return (
    <button class="button button-outline button-small" type="button" onClick={run}>
      {label}
    </button>
  )
}

/** What is shown can be taken down, and what is not can be shown; what is over is neither. */
function Showing({ state, act }: { state: TeamAnnouncement['state']; act: Act }) {
  if (state === 'over') return null
  if (state === 'published')
    return (
      <SmallButton
        label={t('announcements.unpublish', 'Take down')}
        run={() => void act('POST', '/unpublish', t('announcements.unpublished', 'Nobody is shown it any more.'))}
      />
    )
  return (
    <SmallButton
      label={t('announcements.publishNow', 'Show now')}
      run={() => void act('POST', '/publish', t('announcements.nowShown', 'Everybody here is shown it now.'))}
    />
  )
}

function Deleting({ act }: { act: Act }) {
  const [isAsking, setAsking] = useState(false)
  const words = t('announcements.deleteAsk', 'Delete this announcement?')
  return (
    <>
      <SmallButton label={t('announcements.delete', 'Delete')} run={() => setAsking(true)} />
      {isAsking && (
        <Dialog label={words} class="question" onClose={() => setAsking(false)}>
          <h2>{words}</h2>
          <p>{t('announcements.deleteText', 'What people answered to it goes, too. It does not come back.')}</p>
          <p class="news-acts">
            <button class="button button-outline" type="button" onClick={() => setAsking(false)}>
              {t('announcements.keep', 'Keep it')}
            </button>
            <button
              class="button button-danger"
              type="button"
              onClick={() => {
                setAsking(false)
                void act('DELETE', '', t('announcements.deleted', 'It is deleted.'))
              }}
            >
              {t('announcements.delete', 'Delete')}
            </button>
          </p>
        </Dialog>
      )}
    </>
  )
}
