import type { QuoteState, Status } from '@hamlet/contract/status'
import { t } from '../../../i18n/words.ts'
import { readHtml, type HtmlNode } from '../../../lib/html-tree.ts'
import { nameOf } from '../../../ui/people.tsx'

type Hidden = Exclude<QuoteState, 'accepted'>

/** What stands in the place of a quoted post that is not shown, and why. */
export function reasonOf(state: Hidden): string {
  const reasons: Record<Hidden, () => string> = {
    pending: () => t('quotes.pending', 'The quoted post is shown here once its author agrees.'),
    rejected: () => t('quotes.rejected', 'The author did not agree to be quoted here.'),
    revoked: () => t('quotes.revoked', 'The author has taken their post out of here.'),
    deleted: () => t('quotes.deleted', 'The quoted post was deleted.'),
    unauthorized: () => t('quotes.unauthorized', 'A quoted post that is not for you, or may not be quoted here.'),
    blocked_account: () => t('quotes.blockedAccount', 'A post by somebody you block.'),
    blocked_domain: () => t('quotes.blockedDomain', 'A post from a server you block.'),
    muted_account: () => t('quotes.mutedAccount', 'A post by somebody you mute.'),
  }
  return reasons[state]()
}

/** Whether its author lets the reader quote a post, in words for a menu or a line below it. */
export function leaveOf(status: Status): string {
  const name = nameOf(status.account)
  switch (status.quote_approval.current_user) {
    case 'automatic':
      return t('quotes.allowed', 'Shown with your own words above it.')
    case 'manual':
      return t('quotes.needsApproval', '{name} is asked first. Until then the quote is empty.', { name })
    default:
      return status.quote_approval.automatic.includes('followers')
        ? t('quotes.followersOnly', '{name} lets followers alone quote this.', { name })
        : t('quotes.notAllowed', '{name} does not let you quote this.', { name })
  }
}

export function mayQuote(status: Status): boolean {
  const leave = status.quote_approval.current_user
  return leave === 'automatic' || leave === 'manual'
}

/**
 * The words of a post without the line that stands in for its quote where quotes are unknown; that line stays where the
 * quote is not for the reader, since it is then all there is of it.
 */
export function wordsOf(status: Status): HtmlNode[] {
  const nodes = readHtml(status.content ?? '')
  if (!status.quote || status.quote.state === 'unauthorized') return nodes
  return nodes.filter((node) => typeof node === 'string' || node.attributes.class !== 'quote-inline')
}
