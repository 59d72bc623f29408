import { signal } from '@preact/signals'
import { me } from '../../app/session.ts'

/** What a tab tells the others of the same browser; without an account, all of them were left. */
type Message = { kind: 'left'; accountId: string | undefined } | { kind: 'switched'; accountId: string; acct: string }

/** Whom another tab switched to, while this one goes on as it was. */
export const elsewhere = signal<{ accountId: string; acct: string } | undefined>(undefined)

let channel: BroadcastChannel | undefined
const open = () => (typeof BroadcastChannel === 'undefined' ? undefined : (channel ??= new BroadcastChannel('hamlet')))

/** Tells the other tabs. */
export function tellTabs(message: Message): void {
  open()?.postMessage(message)
}

/** A tab whose account was left closes; one of another account says where the browser is now, and goes on. */
export function hearTabs(): () => void {
  const hear = ({ data }: MessageEvent<Message>) => {
    const { id } = me.peek()
    if (data.kind === 'left' && (data.accountId === undefined || data.accountId === id)) location.replace('/home')
    if (data.kind === 'switched') elsewhere.value = data.accountId === id ? undefined : data
  }
  open()?.addEventListener('message', hear)
  return () => open()?.removeEventListener('message', hear)
}
