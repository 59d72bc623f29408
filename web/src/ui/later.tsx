import { signal } from '@preact/signals'
import type { FunctionComponent } from 'preact'
import { useEffect, useLayoutEffect } from 'preact/hooks'
import { t } from '../i18n/words.ts'
import { holdKeys } from './hold-keys.ts'
import { toast } from './toast.tsx'

export function sayNotLoaded(): void {
  toast(t('ui.partNotLoaded', 'A part of the page could not be loaded. Check your connection.'))
}

/**
 * A part that is loaded when it is first drawn. Unlike a lazy screen it takes nothing down with it when it cannot be
 * loaded: what stands around it, and what somebody typed there, stays. A layer over the page owns the keys from the
 * moment it was asked for.
 */
export function later<P extends object>(
  load: () => Promise<FunctionComponent<P>>,
  { isLayer = false } = {},
): FunctionComponent<P> {
  const loaded = signal<FunctionComponent<P> | undefined>(undefined)
  return function Later(props: P) {
    useEffect(() => {
      if (loaded.value) return
      load().then((part) => (loaded.value = part), sayNotLoaded)
    }, [])
    const Part = loaded.value
    useLayoutEffect(() => (isLayer && !Part ? holdKeys() : undefined), [Part])
    return Part ? <Part {...props} /> : null
  }
}
