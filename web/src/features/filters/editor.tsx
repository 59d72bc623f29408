import { useSignal } from '@preact/signals'
import { explain } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { changeDraft, draft, type Draft } from './editor-state.ts'
import { ActionChoice, ContextChoice, EndChoice } from './filter-choices.tsx'
import { FilterTry } from './filter-try.tsx'
import { saveFilter } from './save-filter.ts'
import { WordList } from './word-list.tsx'

const close = () => (draft.value = undefined)

/** Whether there is anything to filter, and a place to filter it in; what is missing is said when pressed. */
function missing(now: Draft): string {
  const isEmpty = now.words.every((word) => word.keyword.trim() === '') && now.posts === 0
  if (isEmpty) return t('filters.noWords', 'Write at least one word.')
  return now.contexts.length === 0 ? t('filters.noContext', 'Choose at least one place.') : ''
}

/** A filter is written: words, places, what happens, how long; and what it would have done. */
export function FilterEditor() {
  const isSaving = useSignal(false)
  const fault = useSignal('')
  const now = draft.value
  if (!now) return null
  const save = async () => {
    fault.value = missing(now)
    if (fault.value || isSaving.value) return
    isSaving.value = true
    try {
      const { title } = await saveFilter(now)
      close()
      toast(t('filters.saved', '“{title}” is saved.', { title }))
    } catch (error) {
      fault.value = explain(error)
    }
    isSaving.value = false
  }
  const heading = now.id ? t('filters.change', 'Change filter') : t('filters.new', 'New filter')
  return (
    <Dialog label={heading} class="filter-editor" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <h2>{heading}</h2>
        <WordList words={now.words} />
        {now.posts > 0 && (
          <p class="field-help filter-posts">
            {t('filters.alsoPosts', '{n, plural, one {A single post is} other {# single posts are}} in it too.', {
              n: now.posts,
            })}
          </p>
        )}
        <ActionChoice chosen={now.action} />
        <ContextChoice chosen={now.contexts} />
        <div class="filter-pair">
          <Title now={now} />
          <EndChoice seconds={now.seconds} expiresAt={now.expiresAt} />
        </div>
        <FilterTry now={now} />
        {fault.value && (
          <p class="form-fault" role="alert">
            {fault.value}
          </p>
        )}
        <p class="dialog-answers">
          <button class="button button-outline" type="button" onClick={close}>
            {t('filters.cancel', 'Cancel')}
          </button>
          <button class="button button-primary" type="submit" aria-busy={isSaving.value}>
            {now.id ? t('filters.save', 'Save') : t('filters.add', 'Add filter')}
          </button>
        </p>
      </form>
    </Dialog>
  )
}

function Title({ now }: { now: Draft }) {
  return (
    <label class="filter-field">
      <span class="field-head">{t('filters.title', 'Name')}</span>
      <span class="input">
        <input
          dir="auto"
          maxLength={256}
          autocomplete="off"
          placeholder={now.words[0]?.keyword.trim() || t('filters.titleExample', 'As its first word')}
          value={now.title}
          onInput={(event) => changeDraft({ title: event.currentTarget.value })}
        />
      </span>
    </label>
  )
}
