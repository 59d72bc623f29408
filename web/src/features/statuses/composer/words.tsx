import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../../i18n/words.ts'
import { overFrom } from './count.ts'
import { Mirror } from './mirror.tsx'
import { activeKey, changePart, type Part, type Writing } from './model.ts'
import { findToken, suggest, suggestKnown, type Suggestion, type Token } from './suggest.ts'
import { SuggestionList, optionId } from './suggestion-list.tsx'
import { addPictures } from './uploads.ts'

type WordsProps = { now: Writing; part: Part; label: string; placeholder: string; isFirst: boolean }
type Offer = { token: Token; items: Suggestion[]; at: number }

/** The text of a post, with colours behind it and suggestions below what is being typed (APG, combobox). */
export function Words({ now, part, label, placeholder, isFirst }: WordsProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const marker = useRef<HTMLSpanElement>(null)
  const { offer, look, close, move } = useOffer(part)
  useLayoutEffect(() => {
    const box = field.current
    if (!box || activeKey.value !== part.key || (!isFirst && part.text !== '')) return
    box.focus()
    box.setSelectionRange(box.value.length, box.value.length)
  }, [])
  const listId = `suggestions-${part.key}`
  const choose = (item: Suggestion) => {
    const box = field.current
    if (!offer || !box) return
    const { start, end } = offer.token
    const text = `${part.text.slice(0, start)}${item.text} ${part.text.slice(end).replace(/^ /, '')}`
    changePart(part.key, { text })
    close()
    requestAnimationFrame(() => {
      box.focus()
      box.setSelectionRange(start + item.text.length + 1, start + item.text.length + 1)
    })
  }
  const press = (event: KeyboardEvent) => {
    if (!offer || event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = offer.items[offer.at]
    if (step) move(step)
    else if (event.key === 'Escape') close()
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen && !event.ctrlKey && !event.metaKey)
      choose(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="words">
      <Mirror
        text={part.text}
        language={now.language}
        overFrom={overFrom(part)}
        mark={offer?.token.start}
        marker={marker}
      />
      <textarea
        ref={field}
        class="composer-text"
        aria-label={label}
        placeholder={placeholder}
        value={part.text}
        dir="auto"
        lang={now.language}
        aria-autocomplete="list"
        aria-controls={offer ? listId : undefined}
        aria-activedescendant={offer ? optionId(listId, offer.at) : undefined}
        onInput={(event) => {
          changePart(part.key, { text: event.currentTarget.value })
          look(event.currentTarget)
        }}
        onFocus={() => (activeKey.value = part.key)}
        onBlur={close}
        onClick={close}
        onKeyDown={press}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])]
          if (files.length > 0) addPictures(part.key, files)
        }}
      />
      {offer && <SuggestionList id={listId} items={offer.items} at={offer.at} below={marker} choose={choose} />}
      <output class="visually-hidden">
        {offer
          ? t('composer.suggestions', '{n, plural, one {# suggestion} other {# suggestions}}', {
              n: offer.items.length,
            })
          : ''}
      </output>
    </div>
  )
}

/** What is offered for what is being typed: at once from what is known, then from the server. */
function useOffer(part: Part) {
  const [offer, setOffer] = useState<Offer | undefined>(undefined)
  const asked = useRef('')
  const close = () => {
    asked.current = ''
    setOffer(undefined)
  }
  const show = (token: Token, items: Suggestion[]) => setOffer(items.length > 0 ? { token, items, at: 0 } : undefined)
  const look = (box: HTMLTextAreaElement) => {
    const token = findToken(box.value, box.selectionStart)
    if (!token) return close()
    const key = `${part.key}${token.sign}${token.query}`
    asked.current = key
    show(token, suggestKnown(token))
    void suggest(token).then((items) => {
      // What was asked for a letter ago is not wanted any more.
      if (asked.current === key) show(token, items)
    })
  }
  const move = (step: number) => {
    if (offer) setOffer({ ...offer, at: (offer.at + step + offer.items.length) % offer.items.length })
  }
  return { offer, look, close, move }
}
