import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

type DialogProps = { label: string; class?: string; onClose: () => void; children: ComponentChildren }

/** A modal dialog: the browser keeps focus in it, Escape closes it, and focus goes back where it was. */
export function Dialog({ label, onClose, children, ...rest }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const box = dialog.current
    const pressBeside = (event: MouseEvent) => {
      if (event.target === box) onClose()
    }
    box?.showModal()
    box?.addEventListener('click', pressBeside)
    return () => {
      box?.removeEventListener('click', pressBeside)
      // While it stands, nothing behind it can take focus; and what is behind must not scroll.
      box?.close()
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class={`dialog ${rest.class ?? ''}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
