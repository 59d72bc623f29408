import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'

/** What a screen puts in the panel at the side, in place of what the server has to say. */
export const aside = signal<ComponentChildren>(undefined)

/** Shows something in the panel while the screen stands; drawn anew when one of `inputs` changes. */
export function useAside(content: () => ComponentChildren, inputs: readonly unknown[]): void {
  useEffect(() => {
    aside.value = content()
  }, [...inputs])
  // Not between two drawings: what stands there keeps its state.
  useEffect(() => () => (aside.value = undefined), [])
}
