import type { Account } from '@hamlet/contract/account'
import { useMemo } from 'preact/hooks'
import { keepAccount } from '../../api/store.ts'
import { makeFeed } from '../../api/timeline.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'

/** Everyone in a group, the latest first. */
export function PeopleDialog({ groupKey, close }: { groupKey: string; close: () => void }) {
  const path = `/api/v2/notifications/${encodeURIComponent(groupKey)}/accounts`
  const feed = useMemo(() => makeFeed<Account>(path, keepAccount), [path])
  const title = t('notify.everyone', 'Everyone')
  return (
    <Dialog label={title} class="question" onClose={close}>
      <div class="dialog-head">
        <h2>{title}</h2>
        <button class="icon-button" type="button" aria-label={t('notify.close-dialog', 'Close')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <FeedList
        feed={feed}
        empty={{
          title: t('notify.nobody', 'Nobody is left'),
          text: t('notify.nobodyText', 'They have taken it back.'),
        }}
        draw={(account) => (
          <a class="notice-person" key={account.id} href={`/@${account.acct}`} onClick={close}>
            <Avatar src={account.avatar} size={36} />
            <span>
              <strong>
                <Name account={account} />
              </strong>
              <span class="meta" dir="ltr">
                @{account.acct}
              </span>
            </span>
          </a>
        )}
      />
    </Dialog>
  )
}
