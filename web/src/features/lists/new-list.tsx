import type { List } from '@hamlet/contract/list'
import { useRef, useState } from 'preact/hooks'
import { explain } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { createList } from './acts.ts'

const LONGEST_TITLE = 256

/** One field that makes a list; what is refused stays written, with the reason under it. */
export function NewList({ made }: { made: (list: List) => void }) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const send = async () => {
    const title = field.current?.value.trim() ?? ''
    if (isSending || title === '') return field.current?.focus()
    setSending(true)
    setFault('')
    try {
      const list = await createList({ title })
      if (field.current) field.current.value = ''
      made(list)
    } catch (error) {
      setFault(explain(error))
      field.current?.focus()
    }
    setSending(false)
    return undefined
  }
  return (
    <form
      class="new-list"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label for="new-list">{t('lists.new', 'New list')}</label>
      <div class="new-list-fields">
        <span class="input">
          <input
            ref={field}
            id="new-list"
            maxLength={LONGEST_TITLE}
            autocomplete="off"
            dir="auto"
            placeholder={t('lists.newPlaceholder', 'Harbour people')}
            aria-invalid={fault ? 'true' : undefined}
            aria-describedby={fault ? 'new-list-fault' : undefined}
          />
        </span>
        <button class="button button-primary" type="submit" aria-busy={isSending}>
          {t('lists.make', 'Make list')}
        </button>
      </div>
      {fault && (
        <p class="field-fault" id="new-list-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}
