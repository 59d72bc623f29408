import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../../i18n/words.ts'
import type { Suggestion } from './suggest.ts'

type ListProps = {
  id: string
  items: readonly Suggestion[]
  at: number
  below: RefObject<HTMLSpanElement | null>
  choose: (item: Suggestion) => void
}

export const optionId = (listId: string, index: number) => `${listId}-${index}`

/** Suggestions under the word that is being typed. The focus stays in the text. */
export function SuggestionList({ id, items, at, below, choose }: ListProps) {
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const [box, mark] = [list.current, below.current]
    if (!box || !mark) return
    const room = (box.parentElement?.clientWidth ?? 0) - box.offsetWidth
    box.style.left = `${Math.max(0, Math.min(mark.offsetLeft, room))}px`
    box.style.top = `${mark.offsetTop + mark.offsetHeight + 6}px`
  })
  return (
    <ul
      id={id}
      ref={list}
      class="suggestions"
      role="listbox"
      aria-label={t('composer.suggestionsLabel', 'Suggestions')}
    >
      {items.map((item, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the text field hears the keys (APG, combobox)
        <li
          key={item.key}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === at}
          tabIndex={-1}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(item)}
        >
          {item.image && <img src={item.image} alt="" width={28} height={28} />}
          <bdi>{item.label}</bdi>
          {item.detail !== '' && <span class="meta">{item.detail}</span>}
        </li>
      ))}
    </ul>
  )
}
