import type { FeedReason, Status } from '@hamlet/contract/status'
import { accountOf } from '../../api/store.ts'
import { navigate } from '../../app/router.ts'
import { listed, t } from '../../i18n/words.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { nameOf } from '../../ui/people.tsx'

/** The question why a post stands in home or in a list, with its answer; a press leads to the cause. */
export function whyItems(status: Status, reason: FeedReason | undefined): MenuItem[] {
  if (!reason) return []
  const { help, path } = answer(status, reason)
  return [{ label: t('lists.why', 'Why is this here?'), icon: 'why', help, run: () => navigate(path) }]
}

function answer(status: Status, reason: FeedReason): { help: string; path: string } {
  switch (reason.kind) {
    case 'own':
      return { help: t('lists.whyOwn', 'You wrote it.'), path: `/@${status.account.acct}` }
    case 'tag': {
      const tags = listed(reason.tags.map((tag) => `#${tag}`))
      const path = `/tags/${encodeURIComponent(reason.tags[0] ?? '')}`
      return { help: t('lists.whyTag', 'You follow {tags}.', { tags }), path }
    }
    case 'list':
      return { help: t('lists.whyList', 'It is in your list {title}.', reason), path: `/lists/${reason.list_id}` }
    default:
      return answerByPerson(status, reason)
  }
}

function answerByPerson(status: Status, reason: Extract<FeedReason, { account_id: string }>) {
  const account = accountOf(reason.account_id).peek() ?? status.account
  const values = { name: nameOf(account) }
  const help =
    reason.kind === 'followed'
      ? t('lists.whyFollowed', 'You follow {name}.', values)
      : reason.kind === 'boosted_by'
        ? t('lists.whyBoosted', 'You follow {name}, who boosted it.', values)
        : t('lists.whyMentioned', '{name}, whom you follow, wrote it to you.', values)
  return { help, path: `/@${account.acct}` }
}
