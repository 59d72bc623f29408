import type { NotificationPolicy } from '@hamlet/contract/notification'
import { listed, rich, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { listClasses } from './classes.ts'

/** Who waits to be let in stands first, and why they wait. */
export function RequestsLine({ policy }: { policy: NotificationPolicy | undefined }) {
  const waiting = policy?.summary.pending_requests_count ?? 0
  if (!policy || waiting === 0) return null
  const filtered = listClasses().filter(({ name }) => policy[name] === 'filter')
  return (
    <p class="requests-line">
      <Icon name="inbox" />
      <span>
        {rich('notify.waiting', '{n, plural, one {# person waits in requests} other {# people wait in requests}}', {
          n: waiting,
        })}
        {filtered.length > 0 && <span class="muted"> · {listed(filtered.map(({ short }) => short))}</span>}
      </span>
      <a href="/notifications/requests">{t('notify.review', 'Review')}</a>
    </p>
  )
}
