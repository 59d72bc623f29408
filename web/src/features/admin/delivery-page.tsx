import type { AdminDelivery } from '@hamlet/contract/admin'
import { signal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import '../../styles/overview.css'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'

const PATH = '/api/web/admin/delivery'

/** What waits to be sent and what was given up, with both ways to deal with it. */
export function DeliveryPage() {
  const { value: first, fault, load } = useLoaded<AdminDelivery>(PATH)
  const changed = useMemo(() => signal<AdminDelivery | undefined>(undefined), [])
  const asked = useMemo(() => signal<Question | undefined>(undefined), [])
  const value = changed.value ?? first
  const act = async (path: string, words: string) => {
    try {
      changed.value = await request<AdminDelivery>('POST', `${PATH}/${path}`)
      toast(words)
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <>
      <ColumnHead title={t('admin.delivery', 'Delivery')}>
        <span class={value ? 'meta' : 'meta to-come'}>
          {t('admin.due', '{due, number} to send now, {later, number} later', {
            due: value?.due ?? 0,
            later: value?.later ?? 0,
          })}
        </span>
      </ColumnHead>
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton />}
        {value && <Servers value={value} act={act} ask={(one) => (asked.value = one)} />}
        {value && <Jobs value={value} act={act} ask={(one) => (asked.value = one)} />}
      </div>
      {asked.value && <Sure question={asked.value} act={act} close={() => (asked.value = undefined)} />}
    </>
  )
}

type Act = (path: string, words: string) => Promise<void>
type Question = { title: string; text: string; path: string; words: string }
type PartProps = { value: AdminDelivery; act: Act; ask: (question: Question) => void }

function Servers({ value, act, ask }: PartProps) {
  return (
    <section aria-labelledby="waiting-servers">
      <h2 id="waiting-servers" class="list-title">
        {t('admin.slow', 'Servers slow to answer')}
      </h2>
      {value.servers.length === 0 && (
        <Empty icon="fine" title={t('admin.slowNone', 'Every server takes what we send.')}>
          {t('admin.slowNoneText', 'When one does not, what waits for it stands here, with the reason.')}
        </Empty>
      )}
      {value.servers.map(({ host, waiting, last_error, last_success_at }) => (
        <div class="person-row" key={host}>
          <span class="queue-who">
            <strong>
              <bdi>{host}</bdi>
            </strong>
            <span class="meta">
              {t('admin.waitsFor', '{n, plural, one {# waits} other {# wait}}', { n: waiting })}
              {last_error !== null && ` · ${last_error}`}
              {last_success_at !== null && ' · '}
              {last_success_at !== null && <Ago at={last_success_at} />}
            </span>
          </span>
          <span class="person-acts">
            <button
              class="button button-outline"
              type="button"
              aria-label={t('admin.retryServer', 'Try {host} now', { host })}
              onClick={() =>
                void act(`servers/${encodeURIComponent(host)}/retry`, t('admin.retried', 'It is tried again now.'))
              }
            >
              {t('admin.retry', 'Try now')}
            </button>
            <button
              class="button button-outline"
              type="button"
              aria-label={t('admin.dropServer', 'Drop what waits for {host}', { host })}
              onClick={() =>
                ask({
                  title: t('admin.dropTitle', 'Send nothing of this to {host}?', { host }),
                  text: t('admin.dropText', 'What waits for it is never sent, and people there will not see it.'),
                  path: `servers/${encodeURIComponent(host)}/drop`,
                  words: t('admin.dropped', 'It was dropped.'),
                })
              }
            >
              {t('admin.drop', 'Drop')}
            </button>
          </span>
        </div>
      ))}
    </section>
  )
}

function Jobs({ value, act, ask }: PartProps) {
  const jobs = value.jobs.filter((one) => one.failed > 0 || one.open > 0)
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs" class="list-title">
        {t('admin.jobs', 'Work behind the scenes')}
      </h2>
      {jobs.length === 0 && (
        <p class="slow-none job-none">{t('admin.jobsNone', 'Nothing waits, and nothing failed.')}</p>
      )}
      {jobs.map(({ kind, open, failed, last_error }) => (
        <div class="person-row" key={kind}>
          <span class="queue-who">
            <strong>{kind}</strong>
            <span class="meta">
              {t('admin.jobCounts', '{open, number} to do, {failed, number} given up', { open, failed })}
              {last_error !== null && ` · ${last_error}`}
            </span>
          </span>
          {failed > 0 && (
            <span class="person-acts">
              <button
                class="button button-outline"
                type="button"
                aria-label={t('admin.retryJob', 'Try {kind} again', { kind })}
                onClick={() => void act(`jobs/${kind}/retry`, t('admin.retried', 'It is tried again now.'))}
              >
                {t('admin.retryFailed', 'Try again')}
              </button>
              <button
                class="button button-outline"
                type="button"
                aria-label={t('admin.forgetJob', 'Forget what failed of {kind}', { kind })}
                onClick={() =>
                  ask({
                    title: t('admin.forgetTitle', 'Forget {n, plural, one {# job} other {# jobs}}?', { n: failed }),
                    text: t('admin.forgetText', 'What they were to do is never done.'),
                    path: `jobs/${kind}/drop`,
                    words: t('admin.dropped', 'It was dropped.'),
                  })
                }
              >
                {t('admin.forget', 'Forget')}
              </button>
            </span>
          )}
        </div>
      ))}
      <p class="meta job-foot">
        {t(
          'admin.jobsKept',
          '{n, plural, one {# kind of work} other {# kinds of work}} known by name; failed ones are kept for 30 days.',
          {
            n: value.jobs.length,
          },
        )}
      </p>
    </section>
  )
}

function Sure({ question, act, close }: { question: Question; act: Act; close: () => void }) {
  return (
    <Dialog label={question.title} class="question" onClose={close}>
      <h2>{question.title}</h2>
      <p class="meta">{question.text}</p>
      <p class="dialog-answers">
        <button class="button button-outline" type="button" onClick={close}>
          {t('moderation.cancel', 'Cancel')}
        </button>
        <button
          class="button button-danger"
          type="button"
          onClick={() => {
            close()
            void act(question.path, question.words)
          }}
        >
          {t('admin.dropSure', 'Drop for good')}
        </button>
      </p>
    </Dialog>
  )
}
