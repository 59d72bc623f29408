import { signal } from '@preact/signals'

type Toast = { text: string; action?: { label: string; run: () => void } }

const current = signal<Toast | undefined>(undefined)
let timer: ReturnType<typeof setTimeout> | undefined
const SHOWN_MS = 6000

/** Says what happened, once; one at a time. */
export function toast(text: string, action?: Toast['action']): void {
  current.value = action ? { text, action } : { text }
  clearTimeout(timer)
  timer = setTimeout(() => (current.value = undefined), SHOWN_MS)
}

export function Toasts() {
  const shown = current.value
  return (
    <output class="toasts" aria-live="polite">
      {shown && (
        <p class="toast">
          {shown.text}
          {shown.action && (
            <button
              class="link-button"
              type="button"
              onClick={() => {
                shown.action?.run()
                current.value = undefined
              }}
            >
              {shown.action.label}
            </button>
          )}
        </p>
      )}
    </output>
  )
}
