import { statusOf } from '../api/store.ts'
import { toggleFold } from '../features/filters/fold.ts'
import { pathOf, toggleBookmark, toggleBoost, toggleFavourite } from '../features/statuses/acts.ts'
import { openComposer } from '../features/statuses/composer-state.ts'
import { openQuote } from '../features/statuses/quote/acts.ts'
import { navigate } from './router.ts'

/** One key, one act: j and k move, the rest acts on the post that has the focus. Fields keep their letters. */
export function listenToKeys(): () => void {
  const press = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    const isTyping = target.closest('input, textarea, select, [contenteditable], dialog, [role=menu]')
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    if (act(event.key)) event.preventDefault()
  }
  addEventListener('keydown', press)
  return () => removeEventListener('keydown', press)
}

function act(key: string): boolean {
  const cards = [...document.querySelectorAll<HTMLElement>('.column article.card')]
  const focused = document.activeElement?.closest<HTMLElement>('article.card') ?? null
  const at = focused ? cards.indexOf(focused) : -1
  const move = (index: number) => {
    const card = cards[Math.max(0, Math.min(index, cards.length - 1))]
    card?.focus()
    card?.scrollIntoView({ block: 'nearest' })
    return true
  }
  if (key === 'j') return move(at + 1)
  if (key === 'k') return move(at - 1)
  if (key === 'n') return said(openComposer())
  if (key === '.') return said(document.querySelector<HTMLElement>('.new-posts')?.click())
  if (key === '/') return said(navigate('/search'))
  const status = focused?.dataset.id ? statusOf(focused.dataset.id).peek() : null
  if (!status) return false
  if (key === 'r') return said(openComposer({ replyTo: status }))
  if (key === 'f') return said(void toggleFavourite(status))
  if (key === 'b') return said(void toggleBoost(status))
  if (key === 'q') return said(openQuote(status))
  if (key === 'm') return said(void toggleBookmark(status))
  if (key === 'x') return said(toggleFold(status.id))
  const around = key === 'e' ? focused : key === 'o' ? document.activeElement?.closest('.picture') : undefined
  const picture = around?.querySelector<HTMLElement>('.picture a')
  if (picture) return said(picture.click())
  if ((key === 'Enter' || key === 'o') && document.activeElement === focused) return said(navigate(pathOf(status)))
  return false
}

const said = (_done: unknown): true => true
