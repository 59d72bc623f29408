import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../../i18n/words.ts'
import { overFrom } from './count.ts'
import { Mirror } from './mirror.tsx'
import { activeKey, changePart, type Part, type Writing } from './model.ts'
import { SuggestionList } from './seldom.tsx'
import type { Suggestion } from './suggest.ts'
import { optionId, type Token } from './token.ts'
import { addPictures } from './uploads.ts'
import { useOffer } from './use-offer.ts'

type WordsProps = { now: Writing; part: Part; label: string; placeholder: string; isFirst: boolean; onLink: () => void }

/** The text of a post, with colours behind it and suggestions below what is being typed (APG, combobox). */
export function Words({ now, part, label, placeholder, isFirst, onLink }: WordsProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const marker = useRef<HTMLSpanElement>(null)
  useFirstFocus(field, activeKey.value === part.key && (isFirst || part.text === ''))
  const { offer, look, close, take, press } = useOffer((token, item) => replace(field.current, part, token, item))
  const listId = `suggestions-${part.key}`
  const count = offer?.items.length ?? 0
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
          addPictures(part.key, [...(event.clipboardData?.files ?? [])])
          void offerQuote(event.clipboardData?.getData('text/plain') ?? '', onLink)
        }}
      />
      {offer && <SuggestionList id={listId} items={offer.items} at={offer.at} below={marker} choose={take} />}
      <output class="visually-hidden">
        {count > 0 && t('composer.suggestions', '{n, plural, one {# suggestion} other {# suggestions}}', { n: count })}
      </output>
    </div>
  )
}

/** A pasted address may lead to a post that could be quoted in place of the link. */
async function offerQuote(text: string, onLink: () => void): Promise<void> {
  if (!/^\s*https?:/.test(text)) return
  const { lookAtPaste } = await import('../quote/offer.tsx')
  onLink()
  await lookAtPaste(text)
}

/** The caret stands after what is there already, where one writes on. */
function useFirstFocus(field: RefObject<HTMLTextAreaElement | null>, isWanted: boolean): void {
  useLayoutEffect(() => {
    const box = field.current
    if (!box || !isWanted) return
    box.focus()
    box.setSelectionRange(box.value.length, box.value.length)
  }, [])
}

/** Puts a suggestion in place of what was typed, and the caret after it. */
function replace(box: HTMLTextAreaElement | null, part: Part, { start, end }: Token, item: Suggestion): void {
  changePart(part.key, { text: `${part.text.slice(0, start)}${item.text} ${part.text.slice(end).replace(/^ /, '')}` })
  const caret = start + item.text.length + 1
  requestAnimationFrame(() => {
    box?.focus()
    box?.setSelectionRange(caret, caret)
  })
}
