import { useRef } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { changeDraft, changeWord, newWord, removeWord, type DraftWord } from './editor-state.ts'

const LONGEST = 512

/** The words of a filter, one to a line; Enter begins the next. */
export function WordList({ words }: { words: readonly DraftWord[] }) {
  const list = useRef<HTMLFieldSetElement>(null)
  const add = () => {
    changeDraft({ words: [...words, newWord()] })
    requestAnimationFrame(() =>
      [...(list.current?.querySelectorAll<HTMLElement>('.input input') ?? [])].at(-1)?.focus(),
    )
  }
  return (
    <fieldset class="filter-words" ref={list}>
      <legend class="field-head">{t('filters.wordsTitle', 'Words or phrases')}</legend>
      {words.map((word, index) => (
        <WordRow key={word.key} word={word} place={index + 1} add={add} />
      ))}
      <button class="button button-outline" type="button" onClick={add}>
        {t('filters.addWord', 'Add another')}
      </button>
    </fieldset>
  )
}

function WordRow({ word, place, add }: { word: DraftWord; place: number; add: () => void }) {
  const shown = word.keyword.trim() || String(place)
  return (
    <div class="filter-word">
      <span class="input">
        <input
          dir="auto"
          maxLength={LONGEST}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-label={t('filters.word', 'Word or phrase {n}', { n: place })}
          value={word.keyword}
          onInput={(event) => changeWord(word.key, { keyword: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing || word.keyword.trim() === '') return
            event.preventDefault()
            add()
          }}
        />
      </span>
      <label class="check" title={t('filters.wholeWordHelp', 'Off, it is found inside longer words too.')}>
        <input
          type="checkbox"
          checked={word.wholeWord}
          onChange={(event) => changeWord(word.key, { wholeWord: event.currentTarget.checked })}
        />
        <span>{t('filters.wholeWord', 'Whole word')}</span>
        <span class="visually-hidden">: {shown}</span>
      </label>
      <button
        class="icon-button"
        type="button"
        aria-label={t('filters.removeWord', 'Remove {word}', { word: shown })}
        title={t('filters.remove', 'Remove')}
        onClick={() => removeWord(word)}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}
