import type { Account } from '@hamlet/contract/account'
import type { List } from '@hamlet/contract/list'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { dropList, keepList, lists } from './lists-state.ts'

export type ListFields = Partial<Omit<List, 'id'>>

export const listPath = (id: string) => `/api/v1/lists/${id}`
export const membersPath = (id: string) => `${listPath(id)}/accounts`

/** Makes a list. Throws what the server says no to. */
export async function createList(fields: ListFields): Promise<List> {
  const made = await request<List>('POST', '/api/v1/lists', { body: fields })
  keepList(made)
  return made
}

/** Shows a change at once; when the server says no, it is taken back and said why. */
export async function changeList(list: List, fields: ListFields): Promise<void> {
  keepList({ ...list, ...fields })
  try {
    keepList(await request<List>('PUT', listPath(list.id), { body: fields }))
  } catch (error) {
    keepList(list)
    toast(explain(error))
  }
}

/** Deletes a list; for as long as the toast stands it can be made again, with the same people. */
export async function deleteList(list: List): Promise<boolean> {
  try {
    const members = await request<Account[]>('GET', `${membersPath(list.id)}?limit=0`)
    await request('DELETE', listPath(list.id))
    dropList(list.id)
    const ids = members.map((account) => account.id)
    toast(t('lists.deleted', 'The list is deleted.'), {
      label: t('lists.undo', 'Undo'),
      run: () => void restoreList(list, ids),
    })
    return true
  } catch (error) {
    toast(explain(error))
    return false
  }
}

async function restoreList({ title, replies_policy, exclusive }: List, account_ids: string[]): Promise<void> {
  try {
    const made = await createList({ title, replies_policy, exclusive })
    await request('POST', membersPath(made.id), { body: { account_ids } })
  } catch (error) {
    toast(explain(error))
  }
}

export async function addMember(listId: string, accountId: string): Promise<void> {
  await request('POST', membersPath(listId), { body: { account_ids: [accountId] } })
}

export async function removeMember(listId: string, accountId: string): Promise<void> {
  await request('DELETE', membersPath(listId), { body: { account_ids: [accountId] } })
}

/** A list by its id: known already, or read. */
export async function readList(id: string): Promise<List> {
  const list = lists.peek()?.find((one) => one.id === id) ?? (await request<List>('GET', listPath(id)))
  return list
}
