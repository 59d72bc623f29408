import { t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { changePart, type Part } from './model.ts'
import { recentWarnings } from './preferences.ts'

/** What people should know before they open a post; own earlier warnings are offered. */
export function Warning({ part, text }: { part: Part; text: string }) {
  const listId = `warnings-${part.key}`
  return (
    <p class="composer-warning">
      <Icon name="warning" />
      <input
        aria-label={t('composer.warning', 'Warning')}
        placeholder={t('composer.warningHelp', 'What should people know before they open it?')}
        value={text}
        dir="auto"
        list={listId}
        onInput={(event) => changePart(part.key, { warning: event.currentTarget.value })}
      />
      <datalist id={listId}>
        {recentWarnings().map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </datalist>
      <span class="meta" aria-hidden="true">
        {t('composer.warning', 'Warning')}
      </span>
      <button
        class="icon-button"
        type="button"
        aria-label={t('composer.removeWarning', 'Remove the warning')}
        onClick={() => changePart(part.key, { warning: null })}
      >
        <Icon name="close" />
      </button>
    </p>
  )
}
