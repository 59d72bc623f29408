import type { Account } from '@hamlet/contract/account'
import { useEffect, useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { toast } from '../../ui/toast.tsx'
import { MessageComposer } from './message-composer.tsx'
import { PaneHead } from './pane-head.tsx'
import { PeopleSearch } from './people-search.tsx'
import { findThreadOf } from './threads.ts'

/** Begins a conversation: first with whom, then what. `accts` are people who were chosen before. */
export function NewMessage({ accts }: { accts: readonly string[] }) {
  const [people, setPeople] = useState<Account[]>([])
  const add = (account: Account) =>
    setPeople((now) => (now.some((one) => one.id === account.id) ? now : [...now, account]))
  useEffect(() => {
    for (const acct of accts)
      request<Account>('GET', `/api/v1/accounts/lookup?acct=${encodeURIComponent(acct)}`)
        .then(add)
        .catch(() => toast(t('direct-threads.unknown', 'Nobody is known here as @{acct}.', { acct })))
  }, [])
  return (
    <>
      <PaneHead title={t('direct-threads.new', 'New message')} />
      <div class="sheet pane-sheet">
        <div class="pane-scroll">
          {people.length > 0 && (
            <ul class="recipients" aria-label={t('direct-threads.to', 'To')}>
              {people.map((account) => (
                <Recipient
                  key={account.id}
                  account={account}
                  remove={() => setPeople((now) => now.filter((one) => one.id !== account.id))}
                />
              ))}
            </ul>
          )}
          <PeopleSearch without={people} choose={add} />
        </div>
        {people.length > 0 && (
          <MessageComposer people={people} draftKey="new" onSent={(status) => void openThreadOf(status.id)} />
        )}
      </div>
    </>
  )
}

async function openThreadOf(statusId: string): Promise<void> {
  const thread = await findThreadOf(statusId).catch(() => undefined)
  navigate(thread ? `/mentions/${thread.id}` : '/mentions', { replace: true })
}

function Recipient({ account, remove }: { account: Account; remove: () => void }) {
  const name = nameOf(account)
  return (
    <li class="recipient">
      <Avatar src={account.avatar} size={24} />
      <bdi>{name}</bdi>
      <button
        class="icon-button"
        type="button"
        aria-label={t('direct-threads.removePerson', 'Take {name} out', { name })}
        onClick={remove}
      >
        <Icon name="close" small />
      </button>
    </li>
  )
}
