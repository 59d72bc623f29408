import type { Status } from '@hamlet/contract/status'
import { explain, request } from '../../../api/request.ts'
import { keepStatus } from '../../../api/store.ts'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import type { MenuItem } from '../../../ui/menu.tsx'
import { toast } from '../../../ui/toast.tsx'
import { openComposer } from '../composer-state.ts'
import { leaveOf, mayQuote } from './words.ts'

/** Begins a post that quotes this one, or says why that cannot be. */
export function openQuote(status: Status): void {
  if (mayQuote(status)) openComposer({ quote: status })
  else toast(leaveOf(status))
}

/** What can be done about quotes from the menus of a post. */
export function quoteItems(status: Status): MenuItem[] {
  const items: MenuItem[] = [
    { label: t('quotes.quote', 'Quote'), help: leaveOf(status), icon: 'quote', run: () => openQuote(status) },
  ]
  const quoted = quotedOf(status)
  if (quoted?.account.id === me.value.id)
    items.push({
      label: t('quotes.remove', 'Remove my post from this quote'),
      icon: 'remove',
      isDangerous: true,
      run: () => void removeQuote(status),
    })
  return items
}

/** The quoted post, where it is shown. */
export function quotedOf({ quote }: Status): Status | null {
  return quote && 'quoted_status' in quote ? quote.quoted_status : null
}

/** Takes the reader's own post out of somebody's quote; there is no way back, so the toast says only that it is done. */
export async function removeQuote(quoting: Status): Promise<boolean> {
  const quoted = quotedOf(quoting)
  if (!quoted) return false
  try {
    const path = `/api/v1/statuses/${quoted.id}/quotes/${quoting.id}/revoke`
    keepStatus(await request<Status>('POST', path, { body: {} }))
    toast(t('quotes.removed', 'Your post is no longer in that quote.'))
    return true
  } catch (error) {
    toast(explain(error))
    return false
  }
}
