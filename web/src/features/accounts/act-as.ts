import type { Status } from '@hamlet/contract/status'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import type { MenuItem } from '../../ui/menu.tsx'
import { toast } from '../../ui/toast.tsx'
import { others, type Own } from './others.ts'

/** Acts on an open post as another account of this browser, without switching (web-spec 4.20). */
export function asItems(status: Status): MenuItem[] {
  if (status.visibility !== 'public' && status.visibility !== 'unlisted') return []
  return others.value.flatMap((own) => {
    const { acct } = own.account
    return [
      {
        label: t('accounts.favouriteAs', 'Favourite as @{acct}', { acct }),
        icon: 'favourite' as const,
        run: () => void actAs(own, status, 'favourite'),
      },
      {
        label: t('accounts.boostAs', 'Boost as @{acct}', { acct }),
        icon: 'boost' as const,
        run: () => void actAs(own, status, 'reblog'),
      },
    ]
  })
}

/** The answer is what the other account sees: nothing of it is kept here. */
async function actAs({ account }: Own, { id }: Status, verb: 'favourite' | 'reblog'): Promise<void> {
  try {
    await request('POST', `/api/v1/statuses/${id}/${verb}`, { as: account.id })
    toast(t('accounts.doneAs', 'Done as @{acct}.', { acct: account.acct }))
  } catch (error) {
    toast(explain(error))
  }
}
