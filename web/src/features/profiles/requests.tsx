import type { Account } from '@hamlet/contract/account'
import { useMemo } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount } from '../../api/store.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'

/** People who ask to follow: each is answered once, and then gone from the list. */
export function FollowRequestsPage() {
  const feed = useMemo(() => makeFeed<Account>('/api/v1/follow_requests', keepAccount), [])
  const answer = async (account: Account, verb: 'authorize' | 'reject') => {
    try {
      await request('POST', `/api/v1/follow_requests/${account.id}/${verb}`, { body: {} })
      feed.remove((one) => one.id === account.id)
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <>
      <ColumnHead title="Requests" back />
      <div class="sheet column-sheet">
        <FeedList
          feed={feed}
          empty={{ title: 'Nobody waits', text: 'When somebody asks to follow you, you decide here.' }}
          draw={(account) => (
            <div class="person-row" key={account.id}>
              <Avatar src={account.avatar} size={44} />
              <a href={`/@${account.acct}`}>
                <strong>
                  <Name account={account} />
                </strong>
                <span class="meta">@{account.acct}</span>
              </a>
              <span class="person-acts">
                <button class="button button-outline" type="button" onClick={() => void answer(account, 'reject')}>
                  No
                </button>
                <button class="button button-primary" type="button" onClick={() => void answer(account, 'authorize')}>
                  Let in
                </button>
              </span>
            </div>
          )}
        />
      </div>
    </>
  )
}
