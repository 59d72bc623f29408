import type { RefObject } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../ui/parts.tsx'

const Picker = lazy(() => import('./picker.tsx').then((module) => module.EmojiPicker))

type DoorProps = {
  label: string
  class?: string
  isSmall?: boolean
  /** Stand before this server's own. */
  common?: readonly string[]
  root?: RefObject<HTMLSpanElement | null>
  pick: (name: string) => void
}

/** A button with the emoji of this server behind it; it has the focus again before the choice is told. */
export function EmojiDoor({ label, isSmall = false, common, pick, ...rest }: DoorProps) {
  const [isOpen, setOpen] = useState(false)
  const own = useRef<HTMLSpanElement>(null)
  const root = rest.root ?? own
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  useLayoutEffect(() => {
    if (!isOpen) return undefined
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', away)
    return () => removeEventListener('pointerdown', away)
  }, [isOpen])
  return (
    <span class={`emoji-root ${rest.class ?? ''}`} ref={root}>
      <button
        ref={button}
        class="icon-button"
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          // The list is still on its way: what stands around the button is not what is to be closed.
          if (!isOpen || event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          setOpen(false)
        }}
      >
        <Icon name="emoji" small={isSmall} />
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Picker
            close={close}
            {...(common ? { common } : {})}
            pick={(name) => {
              close()
              pick(name)
            }}
          />
        </Suspense>
      )}
    </span>
  )
}
