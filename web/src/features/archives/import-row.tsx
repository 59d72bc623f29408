import type { Import } from '@hamlet/contract/archives'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Ago } from '../../ui/time.tsx'
import { sayKind } from './kinds.ts'

/** A file that is being brought, or was in the last week. */
export function ImportRow({ one, drop }: { one: Import; drop: (one: Import) => Promise<void> }) {
  const isRunning = one.state === 'running'
  const name = `${sayKind(one.kind)} · ${one.file_name}`
  return (
    <div class="wish import-row">
      <span>
        <strong dir="auto">{name}</strong>
        <small>
          {t('archives.counts', '{done} of {rows} done', { done: one.done, rows: one.rows })}
          {one.failed > 0 && ` · ${t('archives.failed', '{n} could not be brought', { n: one.failed })}`}
          {one.removed > 0 && ` · ${t('archives.gone', '{n} removed', { n: one.removed })}`}
          {' · '}
          <Ago at={one.created_at} />
        </small>
        {isRunning && (
          <progress value={one.done + one.failed} max={one.rows} aria-label={t('archives.progress', 'How far it is')} />
        )}
      </span>
      {one.failed > 0 && (
        <a
          class="button button-outline"
          href={`/api/hamlet/v1/imports/${one.id}/failures.csv`}
          download="failures.csv"
          aria-label={t('archives.failuresOf', 'Download what failed: {name}', { name })}
        >
          <Icon name="download" small />
          {t('archives.failures', 'What failed')}
        </a>
      )}
      {(isRunning || one.failed === 0) && (
        <button
          class={`button button-outline ${isRunning ? '' : 'is-over'}`}
          type="button"
          aria-label={t('archives.stopOf', 'Stop: {name}', { name })}
          onClick={() => void drop(one)}
        >
          {t('archives.stop', 'Stop')}
        </button>
      )}
    </div>
  )
}
