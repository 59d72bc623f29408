import type { Account } from '@hamlet/contract/account'
import { useEffect, useMemo } from 'preact/hooks'
import { keepAccount, relationshipOf } from '../../api/store.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { navigate } from '../../app/router.ts'
import { Tabs } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { FeedList, Fault, Skeleton } from '../../ui/states.tsx'
import { loadRelationships } from './acts.ts'
import { ProfileDialogs } from './dialogs.tsx'
import { FollowButton } from './follow-button.tsx'
import { PersonMenu } from './person-menu.tsx'
import { PersonRow } from './person-row.tsx'
import { useAccount } from './use-account.ts'

type Kind = 'followers' | 'following'

/** Who follows somebody, or whom they follow, each with what one can do about them. */
export function PeoplePage({ acct, kind }: { acct: string; kind: Kind }) {
  const { account, fault } = useAccount(acct)
  const name = account ? nameOf(account) : `@${acct}`
  const title =
    kind === 'followers'
      ? t('profiles.followersOf', 'Followers of {name}', { name })
      : t('profiles.followsOf', 'Whom {name} follows', { name })
  const tabs: [Kind, string][] = [
    ['followers', t('profiles.followersTab', 'Followers')],
    ['following', t('profiles.followsTab', 'Follows')],
  ]
  return (
    <>
      <ColumnHead title={title} back />
      <div class="sheet column-sheet">
        <Tabs
          label={t('profiles.whichPeople', 'Which people')}
          tabs={tabs}
          current={kind}
          choose={(next) => navigate(`/@${acct}/${next}`, { replace: true })}
        />
        {fault && <Fault text={fault} />}
        {!account && !fault && <Skeleton />}
        {account && <PeopleList account={account} kind={kind} />}
      </div>
      <ProfileDialogs />
    </>
  )
}

function PeopleList({ account, kind }: { account: Account; kind: Kind }) {
  const path = `/api/v1/accounts/${account.id}/${kind}`
  const feed = useMemo(() => makeFeed<Account>(path, keepAccount), [path])
  const ids = feed.items.value.map((one) => one.id)
  useEffect(() => {
    const missing = ids.filter((id) => !relationshipOf(id).peek() && id !== me.value.id)
    // Without these the people are there all the same.
    void loadRelationships(missing).catch(() => {})
  }, [ids.length])
  const isHidden = account.hide_collections && account.id !== me.value.id
  const empty = isHidden
    ? {
        title: t('profiles.listHidden', 'This list is not shown'),
        text: t('profiles.listHiddenText', '{name} shows it to nobody.', { name: nameOf(account) }),
      }
    : {
        title: t('profiles.nobody', 'Nobody yet'),
        text: t('profiles.nobodyText', 'Whoever it is stands here. People whom you block are left out.'),
      }
  return (
    <FeedList
      feed={feed}
      empty={empty}
      draw={(one) => (
        <PersonRow
          key={one.id}
          account={one}
          acts={
            one.id === me.value.id ? (
              <span />
            ) : (
              <span class="person-acts">
                <PersonMenu account={one} />
                <FollowButton account={one} />
              </span>
            )
          }
        />
      )}
    />
  )
}
