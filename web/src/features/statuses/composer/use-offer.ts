import { useRef, useState } from 'preact/hooks'
import type { Suggestion } from './suggest.ts'
import { findToken, type Token } from './token.ts'

export type Offer = { token: Token; items: Suggestion[]; at: number }

/** What is offered for what is being typed: at once from what is known, then from the server. */
export function useOffer(choose: (token: Token, item: Suggestion) => void) {
  const [offer, setOffer] = useState<Offer | undefined>(undefined)
  const asked = useRef<string | undefined>(undefined)
  const close = () => {
    asked.current = undefined
    setOffer(undefined)
  }
  const show = (token: Token, items: Suggestion[]) => setOffer(items.length > 0 ? { token, items, at: 0 } : undefined)
  const find = async (token: Token) => {
    const key = `${token.sign}${token.query}`
    asked.current = key
    const { suggest, suggestKnown } = await import('./suggest.ts')
    if (asked.current === key) show(token, suggestKnown(token))
    const items = await suggest(token)
    // What was asked for a letter ago is not wanted any more.
    if (asked.current === key) show(token, items)
  }
  const look = (box: HTMLTextAreaElement) => {
    const token = findToken(box.value, box.selectionStart)
    if (token) find(token).catch(close)
    else close()
  }
  const take = (item: Suggestion) => {
    if (offer) choose(offer.token, item)
    close()
  }
  /** Arrows choose, Enter and Tab take, Escape closes the list alone. */
  const press = (event: KeyboardEvent) => {
    if (!offer || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = offer.items[offer.at]
    if (step) setOffer({ ...offer, at: (offer.at + step + offer.items.length) % offer.items.length })
    else if (event.key === 'Escape') close()
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) take(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { offer, look, close, take, press }
}
