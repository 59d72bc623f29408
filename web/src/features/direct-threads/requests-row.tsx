import { useEffect } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { loadRequests, requests } from './requests-store.ts'

/** Strangers wait apart, and are announced without a word of what they say. */
export function RequestsRow({ isOpen }: { isOpen: boolean }) {
  useEffect(() => void loadRequests(), [])
  const count = requests.value.length
  if (count === 0) return null
  return (
    <a class="requests-row" href="/mentions/requests" aria-current={isOpen ? 'page' : undefined}>
      <Icon name="inbox" />
      <span>
        {t(
          'direct-threads.waiting',
          '{count, plural, one {# person waits in requests} other {# people wait in requests}}',
          { count },
        )}
      </span>
      <strong>{t('direct-threads.review', 'Review')}</strong>
    </a>
  )
}
