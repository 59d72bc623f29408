import type { Account } from '@hamlet/contract/account'
import type { List } from '@hamlet/contract/list'
import type { Relationship } from '@hamlet/contract/relationship'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepRelationships, relationshipOf } from '../../api/store.ts'
import { me } from '../../app/session.ts'
import { rich, t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { loadRelationships } from '../profiles/acts.ts'
import { addMember, removeMember } from './acts.ts'
import { adding, lists, loadLists } from './lists-state.ts'
import { NewList } from './new-list.tsx'

/** In which lists somebody is, with a new one where it is missing. */
export function AddToListDialog({ account }: { account: Account }) {
  const { holding, fault, load, toggle } = useMemberships(account)
  const name = nameOf(account)
  const title = t('lists.with', 'Lists with {name}', { name })
  return (
    <Dialog label={title} class="add-to-list" onClose={() => (adding.value = undefined)}>
      <header class="add-head">
        <h2>{rich('lists.withName', 'Lists with {name}', { name: <bdi>{name}</bdi> })}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label={t('lists.close', 'Close')}
          title={t('lists.close', 'Close')}
          onClick={() => (adding.value = undefined)}
        >
          <Icon name="close" />
        </button>
      </header>
      <FollowNote account={account} />
      {fault && <Fault text={fault} retry={load} />}
      {!fault && (!holding || !lists.value) && <Skeleton rows={2} />}
      {holding && (
        <ul class="add-lists">
          {lists.value?.map((list) => (
            <li key={list.id}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={holding.has(list.id)}
                  onChange={(event) => void toggle(list, event.currentTarget.checked)}
                />
                <span dir="auto">{list.title}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
      <NewList made={(list) => void toggle(list, true)} />
    </Dialog>
  )
}

/** Only people one follows can be in a list, so putting somebody in follows them; said before it is done. */
function FollowNote({ account }: { account: Account }) {
  const known = relationshipOf(account.id).value
  if (!known || known.following || known.requested || account.id === me.value.id) return null
  return (
    <p class="add-note">
      {rich('lists.followsToo', 'You do not follow {name} yet. Putting them in a list follows them.', {
        name: <bdi>{nameOf(account)}</bdi>,
      })}
    </p>
  )
}

/** The ids of the lists that hold somebody; a press shows at once, and is taken back when it is refused. */
function useMemberships(account: Account) {
  const [holding, setHolding] = useState<ReadonlySet<string> | undefined>(undefined)
  const [fault, setFault] = useState('')
  const read = async () => {
    setFault('')
    const path = `/api/v1/accounts/${account.id}/lists`
    const [found] = await Promise.all([request<List[]>('GET', path), loadLists(), loadRelationships([account.id])])
    setHolding(new Set(found.map((list) => list.id)))
  }
  const load = () => void read().catch((error: unknown) => setFault(explain(error)))
  useEffect(load, [account.id])
  const mark = (id: string, isIn: boolean) =>
    setHolding((now) => new Set([...(now ?? [])].filter((one) => one !== id).concat(isIn ? [id] : [])))
  const toggle = async (list: List, isIn: boolean) => {
    mark(list.id, isIn)
    try {
      if (isIn) await followFirst(account)
      await (isIn ? addMember(list.id, account.id) : removeMember(list.id, account.id))
    } catch (error) {
      mark(list.id, !isIn)
      toast(explain(error))
    }
  }
  return { holding, fault, load, toggle }
}

async function followFirst(account: Account): Promise<void> {
  const known = relationshipOf(account.id).peek()
  if (account.id === me.peek().id || known?.following || known?.requested) return
  keepRelationships([await request<Relationship>('POST', `/api/v1/accounts/${account.id}/follow`, { body: {} })])
}
