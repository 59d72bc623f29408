import type { CustomEmoji } from '@hamlet/contract/emoji'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { explain } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Emoji } from '../../ui/emoji.tsx'
import { Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { arrange, loadEmojis, noteChosen, recentNames, type Section } from './emoji-list.ts'

/** `common` are emoji of everybody that stand first; then one can also be typed, and is picked as it is. */
type PickerProps = { pick: (name: string) => void; close: () => void; common?: readonly string[] }

const TYPED = /^\p{Extended_Pictographic}\S{0,12}$|^\p{Regional_Indicator}{2}$|^[\d#*]\uFE0F?\u20E3$/u

/**
 * The custom emoji of this server: those used lately, then by category. Typing searches, arrows move among what is
 * found, Escape closes. The emoji of all servers are on every keyboard, so they are not here.
 */
export function EmojiPicker({ pick, close, common = [] }: PickerProps) {
  const [all, setAll] = useState<CustomEmoji[] | undefined>(undefined)
  const [fault, setFault] = useState('')
  const [search, setSearch] = useState('')
  const root = useRef<HTMLElement>(null)
  const load = () => {
    setFault('')
    loadEmojis().then(setAll, (error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  useLayoutEffect(() => {
    const box = root.current
    const press = (event: KeyboardEvent) => moveIn(event, box, close)
    box?.addEventListener('keydown', press)
    box?.querySelector('input')?.focus()
    return () => box?.removeEventListener('keydown', press)
  }, [])
  const choose = (shortcode: string) => {
    noteChosen(shortcode)
    pick(shortcode)
  }
  return (
    <section class="emoji-picker" aria-label={t('emojis.title', 'Custom emoji')} ref={root}>
      <Search
        text={search}
        change={setSearch}
        enter={() => {
          if (common.length > 0 && TYPED.test(search.trim())) return pick(search.trim())
          const first = arrange(all ?? [], recentNames(), search)[0]?.emojis[0]
          if (first) choose(first.shortcode)
        }}
      />
      <div class="emoji-lists" aria-busy={all === undefined && fault === ''}>
        {common.length > 0 && search === '' && <Common names={common} pick={pick} />}
        {fault !== '' && <Fault text={fault} retry={load} />}
        {!all && fault === '' && <Skeleton rows={2} />}
        {all && <Sections sections={arrange(all, recentNames(), search)} isAny={all.length > 0} choose={choose} />}
      </div>
    </section>
  )
}

function Common({ names, pick }: { names: readonly string[]; pick: (name: string) => void }) {
  return (
    <section>
      <h3>{t('emojis.common', 'Often used; type any other')}</h3>
      <div class="emoji-grid">
        {names.map((name) => (
          <button
            key={name}
            class="emoji-choice emoji-choice-text"
            type="button"
            tabIndex={name === names[0] ? 0 : -1}
            onClick={() => pick(name)}
          >
            {name}
          </button>
        ))}
      </div>
    </section>
  )
}

type SearchProps = { text: string; change: (text: string) => void; enter: () => void }

function Search({ text, change, enter }: SearchProps) {
  const label = t('emojis.search', 'Search by name')
  return (
    <label class="emoji-search">
      <Icon name="search" small />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autocomplete="off"
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // The form around it is not to be sent.
          event.preventDefault()
          enter()
        }}
      />
    </label>
  )
}

type SectionsProps = { sections: readonly Section[]; isAny: boolean; choose: (shortcode: string) => void }

function Sections({ sections, isAny, choose }: SectionsProps) {
  if (!isAny)
    return (
      <p class="emoji-none">
        {t('emojis.none', 'This server has no emoji of its own yet. Those of everybody are on your keyboard.')}
      </p>
    )
  if (sections.length === 0) return <p class="emoji-none">{t('emojis.notFound', 'No emoji has a name like that.')}</p>
  return (
    <>
      {sections.map((section, index) => (
        <section key={`${section.key} ${section.title}`}>
          <h3 dir="auto">{titleOf(section)}</h3>
          <div class="emoji-grid">
            {section.emojis.map((emoji, place) => (
              <button
                key={emoji.shortcode}
                class="emoji-choice"
                type="button"
                tabIndex={index === 0 && place === 0 ? 0 : -1}
                onClick={() => choose(emoji.shortcode)}
              >
                <Emoji emoji={emoji} />
              </button>
            ))}
          </div>
        </section>
      ))}
    </>
  )
}

function titleOf({ key, title }: Section): string {
  if (key === 'recent') return t('emojis.recent', 'Used lately')
  return key === 'category' ? title : t('emojis.rest', 'Others')
}

/** One column beside the next: the arrows move as the eye does, whatever the width. */
function moveIn(event: KeyboardEvent, root: HTMLElement | null, close: () => void): void {
  const choices = [...(root?.querySelectorAll<HTMLElement>('.emoji-choice') ?? [])]
  const at = choices.indexOf(document.activeElement as HTMLElement)
  const isTyping = at === -1
  if (event.key === 'Escape') close()
  else if (event.key === 'ArrowDown') (choices[isTyping ? 0 : below(choices, at, 1)] ?? choices.at(-1))?.focus()
  else if (!isTyping && event.key === 'ArrowUp') focusAbove(root, choices, at)
  else if (!isTyping && event.key === forward(root)) choices[at + 1]?.focus()
  else if (!isTyping && event.key === backward(root)) choices[at - 1]?.focus()
  else return
  event.preventDefault()
  event.stopPropagation()
}

const isFromRight = (root: HTMLElement | null) => root !== null && getComputedStyle(root).direction === 'rtl'
const forward = (root: HTMLElement | null) => (isFromRight(root) ? 'ArrowLeft' : 'ArrowRight')
const backward = (root: HTMLElement | null) => (isFromRight(root) ? 'ArrowRight' : 'ArrowLeft')

function focusAbove(root: HTMLElement | null, choices: readonly HTMLElement[], at: number): void {
  const next = choices[below(choices, at, -1)]
  ;(next ?? root?.querySelector('input'))?.focus()
}

/** The nearest in the row below (1) or above (-1); -1 when there is none. */
function below(choices: readonly HTMLElement[], at: number, way: 1 | -1): number {
  const from = choices[at]
  if (!from) return -1
  const place = (one: HTMLElement) => one.getBoundingClientRect()
  const { top, left } = place(from)
  const others = choices.filter((one) => (place(one).top - top) * way > 1)
  const row = others.map((one) => place(one).top * way)
  const nearest = Math.min(...row)
  const inRow = others.filter((one) => place(one).top * way - nearest < 2)
  const best = inRow.toSorted((a, b) => Math.abs(place(a).left - left) - Math.abs(place(b).left - left))[0]
  return best ? choices.indexOf(best) : -1
}
