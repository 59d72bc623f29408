import { signal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect, useLayoutEffect } from 'preact/hooks'
import { roomsStyle } from '../../app/rooms-style.ts'
import { t } from '../../i18n/words.ts'
import { holdKeys } from '../../ui/hold-keys.ts'
import { toast } from '../../ui/toast.tsx'
import { startActs } from '../outbox/acts-waiting.ts'
import { asked, outboxMark } from './composer-state.ts'

const Loaded = signal<FunctionComponent | undefined>(undefined)

/** The place of the composer on the page. Its code comes when somebody writes, or when something waits to be sent. */
export function Composer() {
  const isWanted = asked.value !== undefined
  useEffect(startActs, [])
  useEffect(() => {
    if (!Loaded.value && (isWanted || localStorage.getItem(outboxMark()))) void load()
  }, [isWanted])
  const Root = Loaded.value
  useLayoutEffect(() => (isWanted && !Root ? holdKeys() : undefined), [isWanted, Root])
  return Root ? <Root /> : null
}

async function load(): Promise<void> {
  const parts = Promise.all([import('./composer/composer.tsx'), roomsStyle()])
  const [module] = await parts.catch(() => [undefined])
  if (module) {
    Loaded.value = module.ComposerRoot
    return
  }
  asked.value = undefined
  toast(t('composer.notLoaded', 'The composer could not be loaded. Check your connection.'))
}
