import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { request } from '../../../api/request.ts'
import { keepStatus } from '../../../api/store.ts'
import { rich, t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { Name } from '../../../ui/name.tsx'
import { leaveOf, mayQuote } from './words.ts'

type Offer = { link: string; status: Status }
const offered = signal<Offer | undefined>(undefined)
let asked = ''

/** A text that is one web address and nothing else. */
export function linkIn(text: string): string | undefined {
  const trimmed = text.trim()
  return /^https?:\/\/\S{3,2000}$/.test(trimmed) && URL.canParse(trimmed) ? trimmed : undefined
}

/** Looks whether a pasted address leads to a post, which could be quoted in place of the link (web-spec C-11). */
export async function lookAtPaste(text: string): Promise<void> {
  const link = linkIn(text)
  if (!link) return
  asked = link
  const query = `q=${encodeURIComponent(link)}&resolve=true&type=statuses&limit=1`
  // An address that leads to no post stays a link; there is nothing to say about it.
  const found = await request<{ statuses: Status[] }>('GET', `/api/v2/search?${query}`).catch(() => undefined)
  const status = found?.statuses[0]
  if (!status || asked !== link) return
  keepStatus(status)
  offered.value = { link, status }
}

export function forgetOffer(): void {
  asked = ''
  offered.value = undefined
}

/** The line that offers it, and says what its author thinks of that. `quote` takes the link out of the text. */
export function QuoteOffer({ quote }: { quote: (status: Status, link: string) => void }) {
  const offer = offered.value
  if (!offer) return null
  const { status, link } = offer
  const name = <Name account={status.account} />
  return (
    <div class="quote-offer" role="status">
      <Icon name="quote" />
      <p>
        {rich('quotes.offer', 'This leads to a post by {name}.', { name })} <span class="meta">{leaveOf(status)}</span>
      </p>
      {mayQuote(status) && (
        <button
          class="button button-soft button-small"
          type="button"
          onClick={() => {
            forgetOffer()
            quote(status, link)
          }}
        >
          {t('quotes.quoteInstead', 'Quote this instead')}
        </button>
      )}
      <button
        class="icon-button"
        type="button"
        aria-label={t('quotes.keepLink', 'Keep the link')}
        title={t('quotes.keepLink', 'Keep the link')}
        onClick={forgetOffer}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}
