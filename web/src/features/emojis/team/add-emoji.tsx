import type { EmojiCategory, TeamEmoji } from '@hamlet/contract/emoji'
import { useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { t } from '../../../i18n/words.ts'
import { toast } from '../../../ui/toast.tsx'
import { API } from './api.ts'

const TYPES = 'image/png,image/gif,image/webp,image/avif,image/jpeg'

/** One picture becomes an emoji; its file's name is proposed for its own. */
export function AddEmoji({ categories, done }: { categories: readonly EmojiCategory[]; done: () => void }) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  /** How many were sent: each begins with empty fields. */
  const [sent, setSent] = useState(0)
  const send = async (form: HTMLFormElement) => {
    if (isSending) return
    setSending(true)
    setFault('')
    try {
      const { shortcode } = await request<TeamEmoji>('POST', API, { form: new FormData(form) })
      toast(t('emojiTeam.added', ':{shortcode}: is here.', { shortcode }))
      setSent((before) => before + 1)
      done()
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
  }
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <p class="gate-lead">
        {t(
          'emojiTeam.lead',
          'A picture of at most 256 kB, and a name of letters from a to z, digits and underscores. People write it between colons.',
        )}
      </p>
      <div class="gate-fields">
        <Fields key={sent} categories={categories} />
        <button class="button button-primary" type="submit" aria-busy={isSending}>
          {t('emojiTeam.add', 'Add')}
        </button>
      </div>
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}

function Fields({ categories }: { categories: readonly EmojiCategory[] }) {
  const [name, setName] = useState('')
  const propose = (file: File | undefined) => {
    if (file && name === '') setName(file.name.replace(/\.\w+$/, '').replaceAll(/\W+/g, '_'))
  }
  return (
    <>
      <label class="gate-text">
        <span class="field-head">{t('emojiTeam.picture', 'Picture')}</span>
        <input
          name="image"
          type="file"
          required
          accept={TYPES}
          onChange={(event) => propose(event.currentTarget.files?.[0])}
        />
      </label>
      <label class="gate-text">
        <span class="field-head">{t('emojiTeam.name', 'Name')}</span>
        <span class="input">
          <input
            name="shortcode"
            required
            minLength={2}
            maxLength={130}
            pattern=":?\w{2,128}:?"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </span>
      </label>
      <label class="gate-text">
        <span class="field-head">{t('emojiTeam.category', 'Category')}</span>
        <span class="input">
          <input name="category" maxLength={100} autocomplete="off" list="emoji-categories" />
        </span>
      </label>
      <datalist id="emoji-categories">
        {categories.map(
          ({ name: one }) =>
            one !== null && (
              <option key={one} value={one}>
                {one}
              </option>
            ),
        )}
      </datalist>
    </>
  )
}
