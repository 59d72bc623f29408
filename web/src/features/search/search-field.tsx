import { useRef, useState } from 'preact/hooks'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { later } from '../../ui/later.tsx'
import { comboboxProps } from '../../ui/combobox.ts'
import { Icon } from '../../ui/parts.tsx'
import type { ProposalsProps } from './proposals.tsx'
import { rememberSearch } from './recent.ts'

const Proposals = later<ProposalsProps>(() => import('./proposals.tsx').then((module) => module.Proposals))

const LIST = 'panel-proposals'

/** The address of a search; `type` is a tab. */
export function searchPath(query: string, type?: string): string {
  return `/search?${new URLSearchParams({ q: query, ...(type ? { type } : {}) }).toString()}`
}

/** The search where it is not the screen itself. What it proposes is loaded with the first focus. */
export function SearchField() {
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const search = (query: string) => {
    setOpen(false)
    rememberSearch(query)
    navigate(query === '' ? '/search' : searchPath(query))
  }
  return (
    <search class="search-anchor">
      <form
        class="search-field"
        action="/search"
        onSubmit={(event) => {
          event.preventDefault()
          search(text.trim())
        }}
      >
        <Icon name="search" />
        <input
          ref={field}
          name="q"
          {...comboboxProps(LIST)}
          aria-label={t('search.label', 'Search')}
          placeholder={t('search.label', 'Search')}
          enterkeyhint="search"
          value={text}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onInput={(event) => {
            setText(event.currentTarget.value)
            setOpen(true)
          }}
        />
      </form>
      {isOpen && (
        <Proposals id={LIST} field={field} text={text} write={setText} search={search} close={() => setOpen(false)} />
      )}
    </search>
  )
}
