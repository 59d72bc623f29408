import type { Status } from '@hamlet/contract/status'
import { useEffect } from 'preact/hooks'
import { t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { threadPosts, toggled, toggleThreadWarnings, warningsOf } from '../warnings.ts'

/** Opens every warning of the thread at once, and closes them again (`z`); it is there where there are several. */
export function WarningsButton({ posts }: { posts: readonly Status[] }) {
  useEffect(() => {
    toggled.value = undefined
    return () => void (threadPosts.current = [])
  }, [])
  useEffect(() => void (threadPosts.current = posts))
  const { warned, areOpen } = warningsOf(posts)
  const n = warned.length
  return (
    <>
      {n > 1 && (
        <button
          class="icon-button"
          type="button"
          aria-expanded={areOpen}
          aria-label={t('thread.warnings', 'All {n, plural, other {# warnings}} of the thread', { n })}
          title={
            areOpen ? t('thread.closeWarnings', 'Close all warnings') : t('thread.openWarnings', 'Open all warnings')
          }
          onClick={toggleThreadWarnings}
        >
          <Icon name="warning" />
        </button>
      )}
      <output class="visually-hidden">
        {toggled.value === 'open' && t('thread.warningsOpen', 'All warnings are open.')}
        {toggled.value === 'closed' && t('thread.warningsClosed', 'All warnings are closed.')}
      </output>
    </>
  )
}
