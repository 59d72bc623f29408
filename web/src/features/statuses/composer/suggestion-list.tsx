/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/click-events-have-key-events -- a list under a text field that keeps the focus and hears the keys (APG, combobox) */
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../../i18n/words.ts'
import type { Suggestion } from './suggest.ts'
import { optionId } from './token.ts'

const GAP_PX = 6

type ListProps = {
  id: string
  items: readonly Suggestion[]
  at: number
  below: RefObject<HTMLSpanElement | null>
  choose: (item: Suggestion) => void
}

/** Suggestions under the word that is being typed. The focus stays in the text. */
export function SuggestionList({ id, items, at, below, choose }: ListProps) {
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const [box, mark] = [list.current, below.current]
    if (!box || !mark) return
    // Fixed, so that nothing that scrolls cuts it off; above the word where there is no room below.
    const word = mark.getBoundingClientRect()
    const isBelow = word.bottom + box.offsetHeight + GAP_PX < innerHeight
    box.style.left = `${Math.max(GAP_PX, Math.min(word.left, innerWidth - box.offsetWidth - GAP_PX))}px`
    box.style.top = `${isBelow ? word.bottom + GAP_PX : word.top - box.offsetHeight - GAP_PX}px`
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
