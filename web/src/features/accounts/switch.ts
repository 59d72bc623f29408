import { place } from '../../app/router.ts'
import { me } from '../../app/session.ts'
import { sendForm } from '../../app/sign-out.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { forgetRead } from '../install/worker.ts'
import { settleWriting } from '../statuses/composer-state.ts'
import { all, type Own } from './others.ts'
import { tellTabs } from './tabs.ts'

/** Goes on as another account of this browser, at home or where something waits. What is being written is saved first. */
export async function switchTo({ account }: Pick<Own, 'account'>, next = '/home'): Promise<void> {
  if (account.id === me.value.id) return
  await settleWriting()
  await forgetRead()
  tellTabs({ kind: 'switched', accountId: account.id, acct: account.acct })
  sendForm('/switch', { account: account.id, next })
}

/** The nth account of this browser, counted from 1, in the order of the menu. */
export function switchToNth(n: number): void {
  const own = all.value[n - 1]
  if (!own) return
  if (own.account.id === me.value.id) toast(t('accounts.already', 'You are @{acct}.', { acct: own.account.acct }))
  else void switchTo(own)
}

/** To the form that signs in beside those who are here; it leads back to where one is. */
export async function addAccount(): Promise<void> {
  await settleWriting()
  location.assign(`/sign-in?add=1&next=${encodeURIComponent(place.value.path)}`)
}
