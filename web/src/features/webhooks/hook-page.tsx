import type { Webhook, WebhookDelivery } from '@hamlet/contract/webhook'
import { useMemo, useState } from 'preact/hooks'
import { explain, request, type Method } from '../../api/request.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Fault, FeedList, Skeleton } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import '../../styles/servers.css'
import '../../styles/webhooks.css'
import { useLoaded } from '../moderation/use-loaded.ts'
import { HookForm } from './hook-form.tsx'
import { API, eventName, standingOf, stateName } from './words.ts'

/** One webhook: its secret, its switch, a test, and what it was told. */
export function HookPage({ id }: { id: string }) {
  const { value, fault, load } = useLoaded<Webhook[]>(API)
  const [version, setVersion] = useState(0)
  const hook = value?.find((one) => one.id === id)
  const changed = async () => {
    await load()
    setVersion((before) => before + 1)
  }
  return (
    <>
      <ColumnHead title={t('webhooks.one', 'Webhook')} back />
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton rows={6} />}
        {value && !hook && <Fault text={t('webhooks.gone', 'This webhook is not there any more.')} />}
        {hook && (
          <>
            <Head hook={hook} changed={() => void changed()} />
            <HookForm key={hook.id} edited={hook} done={() => void load()} />
            <Deliveries key={version} id={id} />
          </>
        )}
      </div>
    </>
  )
}

type HeadProps = { hook: Webhook; changed: () => void }
type Tested = { delivered: boolean; status: number | null; problem: string | null }

function Head({ hook, changed }: HeadProps) {
  const [asks, setAsks] = useState<'rotate' | 'delete' | undefined>(undefined)
  const act = async (method: Method, suffix: string, body: Record<string, unknown> = {}) => {
    setAsks(undefined)
    try {
      const answer = await request<Tested>(method, `${API}/${hook.id}${suffix}`, method === 'POST' ? { body } : {})
      if (suffix === '/test')
        toast(
          answer.delivered
            ? t('webhooks.tested', 'It took the test.')
            : t('webhooks.testFailed', 'It did not take the test: {problem}', { problem: answer.problem ?? '' }),
        )
      if (method === 'DELETE') navigate('/admin/webhooks')
      else changed()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="gate-form hook-head">
      <p>
        <strong>{standingOf(hook)}</strong>
      </p>
      <Secret secret={hook.secret} />
      <p class="hook-acts">
        <Small
          words={hook.enabled ? t('webhooks.disable', 'Switch off') : t('webhooks.enable', 'Switch on')}
          run={() => void act('POST', hook.enabled ? '/disable' : '/enable')}
        />
        <Small words={t('webhooks.sendTest', 'Send a test now')} run={() => void act('POST', '/test')} />
        <Small words={t('webhooks.rotate', 'New secret…')} run={() => setAsks('rotate')} />
        <Small words={t('webhooks.delete', 'Delete…')} run={() => setAsks('delete')} />
      </p>
      {asks === 'rotate' && (
        <Ask
          title={t('webhooks.rotateAsk', 'Make a new secret?')}
          text={t('webhooks.rotateText', 'The old one signs nothing any more. The other program needs the new one.')}
          yes={t('webhooks.rotateYes', 'Make a new one')}
          close={() => setAsks(undefined)}
          run={() => void act('POST', '/rotate', { rotated_at: hook.rotated_at })}
        />
      )}
      {asks === 'delete' && (
        <Ask
          title={t('webhooks.deleteAsk', 'Delete this webhook?')}
          text={t('webhooks.deleteText', 'Nobody is told anything more at this address.')}
          yes={t('webhooks.deleteYes', 'Delete')}
          close={() => setAsks(undefined)}
          run={() => void act('DELETE', '')}
        />
      )}
    </div>
  )
}

function Secret({ secret }: { secret: string }) {
  const [isShown, setShown] = useState(false)
  return (
    <p class="hook-secret">
      <span class="field-head">{t('webhooks.secret', 'Secret')}</span>
      <code dir="ltr">{isShown ? secret : '•'.repeat(secret.length)}</code>
      <Small words={isShown ? t('webhooks.hide', 'Hide') : t('webhooks.show', 'Show')} run={() => setShown(!isShown)} />
    </p>
  )
}

function Small({ words, run }: { words: string; run: () => void }) {
  return (
    <button class="button button-outline button-small" type="button" onClick={run}>
      {words}
    </button>
  )
}

type AskProps = { title: string; text: string; yes: string; close: () => void; run: () => void }

function Ask({ title, text, yes, close, run }: AskProps) {
  return (
    <Dialog label={title} onClose={close}>
      <h2>{title}</h2>
      <p>{text}</p>
      <p class="hook-acts">
        <Small words={t('webhooks.leave', 'Leave as it is')} run={close} />
        <button class="button button-danger button-small" type="button" onClick={run}>
          {yes}
        </button>
      </p>
    </Dialog>
  )
}

function Deliveries({ id }: { id: string }) {
  const feed = useMemo(() => makeFeed<WebhookDelivery>(`${API}/${id}/deliveries`), [id])
  return (
    <section aria-label={t('webhooks.deliveries', 'Told in the last week')}>
      <h2 class="hook-title">{t('webhooks.deliveries', 'Told in the last week')}</h2>
      <FeedList
        feed={feed}
        empty={{
          title: t('webhooks.nothing', 'Nothing yet'),
          text: t('webhooks.nothingText', 'What it is told stands here, with the answer.'),
          icon: 'share',
        }}
        draw={(one) => (
          <div class="gate-row" key={one.id}>
            <span class="queue-who">
              <strong>{eventName(one.event)}</strong>
              <span class={`meta${one.state === 'failed' ? ' server-loud' : ''}`}>
                {stateName(one.state)}
                {one.problem && ` · ${one.problem}`}
                {one.attempts > 1 && ` · ${t('webhooks.attempts', '{n, number} attempts', { n: one.attempts })}`}
              </span>
            </span>
            <span class="meta hook-when">
              <Ago at={one.tried_at ?? one.created_at} />
            </span>
          </div>
        )}
      />
    </section>
  )
}
