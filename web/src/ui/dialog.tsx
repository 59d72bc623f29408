import type { ComponentChildren } from 'preact'
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks'

type DialogProps = { label: string; class?: string; onClose: () => void; children: ComponentChildren }

/** A modal dialog: the browser keeps focus in it, Escape closes it, and focus goes back where it was. */
export function Dialog({ label, onClose, children, ...rest }: DialogProps) {
  const dialog = useRef<HTMLDialogElement | null>(null)
  const before = useRef<Element | null>(null)
  // Before the effects of what it holds, which may want the focus, and before it is seen: the next key is its own.
  const open = useCallback((box: HTMLDialogElement | null) => {
    if (!box) return
    dialog.current = box
    before.current = document.activeElement
    box.showModal()
  }, [])
  useLayoutEffect(() => {
    const box = dialog.current
    const pressBeside = (event: MouseEvent) => {
      if (event.target === box) onClose()
    }
    box?.addEventListener('click', pressBeside)
    return () => {
      box?.removeEventListener('click', pressBeside)
      // While it stands, nothing behind it can take focus; and what is behind must not scroll.
      box?.close()
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={open}
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
