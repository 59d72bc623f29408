import { lazy, Suspense } from 'preact/compat'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'

const Picker = lazy(() => import('./picker.tsx').then((module) => module.EmojiPicker))

type TextField = HTMLTextAreaElement | HTMLInputElement
const isTextField = (target: EventTarget | null): target is TextField =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')

/**
 * Opens the custom emoji of this server beside the text fields of the form that it stands in, and puts what is chosen
 * where the caret was last. The field hears of it as of typing, so whoever draws it need not know of emoji.
 */
export function EmojiButton() {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLSpanElement>(null)
  const field = useLastField(root)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  useEffect(() => {
    if (!isOpen) return undefined
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', away)
    return () => removeEventListener('pointerdown', away)
  }, [isOpen])
  const label = t('emojis.open', 'Add a custom emoji')
  return (
    <span class="emoji-root" ref={root}>
      <button
        ref={button}
        class="icon-button"
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="emoji" />
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Picker
            close={close}
            pick={(shortcode) => {
              setOpen(false)
              insertShortcode(field.current, shortcode)
            }}
          />
        </Suspense>
      )}
    </span>
  )
}

/** The text field of the same form that had the focus last; its first one before any had. */
function useLastField(root: { current: HTMLElement | null }) {
  const last = useRef<TextField | null>(null)
  useEffect(() => {
    const form = root.current?.closest('form')
    last.current = form?.querySelector('textarea') ?? null
    const note = (event: FocusEvent) => {
      const isOwn = root.current?.contains(event.target as Node)
      if (!isOwn && isTextField(event.target)) last.current = event.target
    }
    form?.addEventListener('focusin', note)
    return () => form?.removeEventListener('focusin', note)
  }, [])
  return last
}

/** Names are found between spaces only, so there is one before and after. */
export function insertShortcode(field: TextField | null, shortcode: string): void {
  if (!field) return
  const start = field.selectionStart ?? field.value.length
  const end = field.selectionEnd ?? start
  const before = start === 0 || /\s$/.test(field.value.slice(0, start)) ? '' : ' '
  const after = /^\s/.test(field.value.slice(end)) ? '' : ' '
  field.setRangeText(`${before}:${shortcode}:${after}`, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.focus()
}
