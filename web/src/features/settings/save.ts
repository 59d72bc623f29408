import type { CredentialAccount } from '@hamlet/contract/account'
import type { WebSettings } from '@hamlet/contract/account-settings'
import { explain, request } from '../../api/request.ts'
import { keepAccount } from '../../api/store.ts'
import { changeLook, look, usualLook, type Look } from '../../app/look.ts'
import { isNewcomer } from '../../app/newcomer.ts'
import { changeReading, reading, usualReading, type Reading } from '../../app/reading.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'

const PATH = '/api/hamlet/v1/settings'
type Wear = Partial<Look & Reading>

/** Puts on what was chosen: here at once. */
function wear(change: WebSettings): void {
  const entries = Object.entries(change)
  const looks = entries.filter(([name]) => name in usualLook)
  const reads = entries.filter(([name]) => name in usualReading)
  if (looks.length > 0) changeLook(Object.fromEntries(looks))
  if (reads.length > 0) changeReading(Object.fromEntries(reads))
}

/**
 * Takes over what was chosen, here or on another device; what never was is as usual, whoever used this device before.
 * Without an answer the device keeps what it has.
 */
export async function followSettings(): Promise<void> {
  const kept = await request<WebSettings>('GET', PATH).catch(() => undefined)
  if (!kept) return
  wear({ ...usualLook, ...usualReading, ...kept })
  const { statuses_count, following_count } = me.value
  isNewcomer.value = !kept.welcomed && statuses_count === 0 && following_count === 0
}

/** Shows a change at once and keeps it on the server; when that fails, it is as it was. */
export async function saveSettings(change: Wear, isUndo = false): Promise<void> {
  const now: Record<string, unknown> = { ...look.value, ...reading.value }
  const before = Object.fromEntries(Object.keys(change).map((name) => [name, now[name]])) as Wear
  wear(change)
  try {
    await request('PATCH', PATH, { body: change })
    sayKept(isUndo ? undefined : () => void saveSettings(before, true))
  } catch (error) {
    wear(before)
    toast(explain(error))
  }
}

type Source = CredentialAccount['source']
export type Credentials = Partial<
  Pick<CredentialAccount, 'locked' | 'discoverable' | 'indexable' | 'hide_collections'>
> & {
  source?: Partial<Pick<Source, 'privacy' | 'sensitive' | 'quote_policy'>> & { language?: string }
}

/** Changes the account on the server. `before` brings it back. */
export async function saveAccount(change: Credentials, before: Credentials, isUndo = false): Promise<void> {
  try {
    const saved = await request<CredentialAccount>('PATCH', '/api/v1/accounts/update_credentials', { body: change })
    keepAccount(saved)
    me.value = saved
    sayKept(isUndo ? undefined : () => void saveAccount(before, change, true))
  } catch (error) {
    toast(explain(error))
  }
}

function sayKept(undo: (() => void) | undefined): void {
  if (undo) toast(t('settings.saved', 'Saved.'), { label: t('settings.undo', 'Undo'), run: undo })
  else toast(t('settings.undone', 'It is as it was.'))
}
