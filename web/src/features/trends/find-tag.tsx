import { t } from '../../i18n/words.ts'

/** Any hashtag by how it begins, talked about or not. */
export function FindTag({ name, find }: { name: string; find: (name: string) => void }) {
  return (
    <form
      class="gate-text gate-fields"
      onSubmit={(event) => {
        event.preventDefault()
        const text = new FormData(event.currentTarget).get('name')
        find(typeof text === 'string' ? text.trim().replace(/^#/, '') : '')
      }}
    >
      <label class="gate-text">
        <span class="field-head">{t('trends.find', 'Any hashtag, by how it begins')}</span>
        <span class="input">
          <input
            name="name"
            type="search"
            maxLength={100}
            defaultValue={name}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
          />
        </span>
      </label>
      <button class="button button-primary" type="submit">
        {t('trends.search', 'Search')}
      </button>
    </form>
  )
}
