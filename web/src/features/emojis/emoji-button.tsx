import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { EmojiDoor } from './emoji-door.tsx'

type TextField = HTMLTextAreaElement | HTMLInputElement
const isTextField = (target: EventTarget | null): target is TextField =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')

/**
 * Opens the custom emoji of this server beside the text fields of the form that it stands in, and puts what is chosen
 * where the caret was last. The field hears of it as of typing, so whoever draws it need not know of emoji.
 */
export function EmojiButton() {
  const root = useRef<HTMLSpanElement>(null)
  const field = useLastField(root)
  return (
    <EmojiDoor
      label={t('emojis.open', 'Add a custom emoji')}
      root={root}
      pick={(shortcode) => insertShortcode(field.current, shortcode)}
    />
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
