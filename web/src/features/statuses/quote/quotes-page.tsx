import type { Status } from '@hamlet/contract/status'
import { useEffect, useMemo } from 'preact/hooks'
import { statusOf } from '../../../api/store.ts'
import { makeStatusFeed } from '../../../api/timeline.ts'
import { ColumnHead } from '../../../app/column.tsx'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import { FeedList } from '../../../ui/states.tsx'
import { fetchStatus } from '../acts.ts'
import { StatusCard } from '../card.tsx'
import { quotedOf, removeQuote } from './acts.ts'

/** Who quotes a post. Its author can take it out of each of them. */
export function QuotesPage({ id }: { id: string }) {
  const feed = useMemo(() => makeStatusFeed(`/api/v1/statuses/${id}/quotes`), [id])
  useEffect(() => {
    // The list says for itself when the post is not there.
    if (!statusOf(id).peek()) fetchStatus(id).catch(() => undefined)
  }, [id])
  const isOwn = statusOf(id).value?.account.id === me.value.id
  const remove = async (quoting: Status) => {
    if (await removeQuote(quoting)) feed.remove((one) => one.id === quoting.id)
  }
  return (
    <>
      <ColumnHead title={t('quotes.title', 'Quotes')} back />
      <div class="sheet column-sheet">
        <FeedList
          feed={feed}
          empty={{
            icon: 'quote',
            title: t('quotes.noneTitle', 'Nobody quotes this yet'),
            text: t('quotes.none', 'Posts that quote it, and that you may see, are listed here.'),
          }}
          draw={(quoting) => (
            <StatusCard
              key={quoting.id}
              id={quoting.id}
              below={isOwn && <RemoveButton quoting={quoting} remove={remove} />}
            />
          )}
        />
      </div>
    </>
  )
}

function RemoveButton({ quoting, remove }: { quoting: Status; remove: (quoting: Status) => Promise<void> }) {
  if (!quotedOf(quoting)) return null
  return (
    <button class="button button-outline button-small quote-remove" type="button" onClick={() => void remove(quoting)}>
      {t('quotes.remove', 'Remove my post from this quote')}
    </button>
  )
}
