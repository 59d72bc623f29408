import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { comboboxProps } from '../../ui/combobox.ts'
import { Icon } from '../../ui/parts.tsx'
import { draft, FIELD, removeToken, submit } from './draft.ts'
import { Proposals, type ProposalsProps } from './proposals.tsx'
import { splitQuery, typed, type Token } from './query.ts'

const LIST = 'search-proposals'

/** The field of the search screen: operators stand in it as tokens, words as text (picture 12a). */
export function TokenField() {
  const { tokens, text } = draft.value
  const [isOpen, setOpen] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const write = (next: string) => {
    draft.value = typed(draft.peek(), next)
    setOpen(true)
  }
  const isEmpty = tokens.length === 0 && text === ''
  return (
    <div class="search-anchor">
      <form
        class="search-field token-field"
        action="/search"
        onSubmit={(event) => {
          event.preventDefault()
          setOpen(false)
          submit()
        }}
      >
        <Icon name="search" />
        {tokens.length > 0 && <Tokens tokens={tokens} />}
        <input
          ref={field}
          id={FIELD}
          name="q"
          {...comboboxProps(LIST)}
          aria-label={t('search.label', 'Search')}
          placeholder={tokens.length > 0 ? undefined : t('search.placeholder', 'People, hashtags, words, links')}
          enterkeyhint="search"
          value={text}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            const isAtStart = event.currentTarget.selectionEnd === 0
            if (event.key === 'Backspace' && isAtStart && tokens.length > 0) removeToken(tokens.length - 1)
          }}
        />
        {!isEmpty && (
          <button class="icon-button" type="button" aria-label={t('search.clear', 'Empty the field')} onClick={clear}>
            <Icon name="close" />
          </button>
        )}
      </form>
      {isOpen && <Below field={field} text={text} write={write} close={() => setOpen(false)} />}
    </div>
  )
}

function Below(props: Pick<ProposalsProps, 'field' | 'text' | 'write' | 'close'>) {
  const search = (query: string) => {
    props.close()
    submit(splitQuery(query))
  }
  return <Proposals id={LIST} search={search} {...props} />
}

function clear(): void {
  draft.value = { tokens: [], text: '' }
  document.getElementById(FIELD)?.focus()
}

function Tokens({ tokens }: { tokens: readonly Token[] }) {
  return (
    <ul class="tokens" aria-label={t('search.narrowed', 'Narrowed down to')}>
      {tokens.map((token, index) => (
        <li key={`${index} ${token.raw}`} class="token">
          <span>
            {token.isNot && `${t('search.notWord', 'not')} `}
            {token.name} <bdi>{token.value}</bdi>
          </span>
          <button
            type="button"
            aria-label={t('search.removeToken', 'Remove {token}', { token: token.raw })}
            onClick={() => removeToken(index)}
          >
            <Icon name="close" small />
          </button>
        </li>
      ))}
    </ul>
  )
}
