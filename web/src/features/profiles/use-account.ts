import type { Account } from '@hamlet/contract/account'
import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { accountOf, keepAccount } from '../../api/store.ts'
import { me } from '../../app/session.ts'
import { loadRelationships } from './acts.ts'

/** Who is at a handle: read once, then as the store has them. */
export function useAccount(acct: string): { account: Account | undefined; fault: string } {
  const id = useMemo(() => signal<string | undefined>(undefined), [acct])
  const fault = useMemo(() => signal(''), [acct])
  useEffect(() => {
    const find = async () => {
      const account = await request<Account>('GET', `/api/v1/accounts/lookup?acct=${encodeURIComponent(acct)}`)
      keepAccount(account)
      id.value = account.id
      if (account.id !== me.value.id) await loadRelationships([account.id])
    }
    find().catch((error: unknown) => (fault.value = explain(error)))
  }, [acct])
  return { account: id.value === undefined ? undefined : accountOf(id.value).value, fault: fault.value }
}
