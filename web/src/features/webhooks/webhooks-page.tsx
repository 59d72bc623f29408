import type { Webhook } from '@hamlet/contract/webhook'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import '../../styles/servers.css'
import { useLoaded } from '../moderation/use-loaded.ts'
import { HookForm } from './hook-form.tsx'
import { HookPage } from './hook-page.tsx'
import { API, standingOf } from './words.ts'

const PLACE = '/admin/webhooks'

/** Programs that are told what happens here, and one of them with all that it was told. */
export function WebhooksPage({ path }: { path: string }) {
  const id = path.slice(PLACE.length + 1)
  return id === '' ? <Hooks /> : <HookPage key={id} id={id} />
}

function Hooks() {
  const { value, fault, load } = useLoaded<Webhook[]>(API)
  return (
    <>
      <ColumnHead title={t('webhooks.title', 'Webhooks')} />
      <div class="sheet column-sheet">
        <HookForm edited={undefined} done={() => void load()} />
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton rows={3} />}
        {value?.length === 0 && (
          <Empty icon="share" title={t('webhooks.none', 'Nobody is told')}>
            {t('webhooks.noneText', 'A bot in the chat of your team could hear of every report, for example.')}
          </Empty>
        )}
        <ul class="server-list">
          {value?.map((hook) => (
            <li key={hook.id}>
              <a class="server-row" href={`${PLACE}/${hook.id}`}>
                <span class="queue-who">
                  <strong dir="ltr">{hook.url}</strong>
                  <span class={`meta${hook.problem ? ' server-loud' : ''}`}>{standingOf(hook)}</span>
                </span>
                <span class="server-tags meta">
                  {t('webhooks.eventCount', '{n, plural, one {# event} other {# events}}', { n: hook.events.length })}
                </span>
              </a>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}
