import type { Import } from '@hamlet/contract/archives'
import { useState } from 'preact/hooks'
import { listed, t } from '../../i18n/words.ts'
import { ChoiceRow } from '../settings/rows.tsx'
import { sayKind, sayProblem } from './kinds.ts'

type PreviewProps = {
  draft: Import
  confirm: (draft: Import, mode: Import['mode']) => Promise<void>
  drop: (draft: Import) => Promise<void>
}

/** What would become of a file, before anything does. */
export function ImportPreview({ draft, confirm, drop }: PreviewProps) {
  const [mode, setMode] = useState<Import['mode']>('merge')
  const [isSending, setSending] = useState(false)
  const { preview, rows } = draft
  const begin = async () => {
    setSending(true)
    await confirm(draft, mode)
    setSending(false)
  }
  return (
    <section class="import-preview" aria-label={t('archives.preview', 'What would become of it')}>
      <div class="wish">
        <span>
          <strong dir="auto">{`${sayKind(draft.kind)} · ${draft.file_name}`}</strong>
          <small>
            {t('archives.rows', '{n, plural, one {# line} other {# lines}}, {known} of them known here already.', {
              n: rows,
              known: preview.known,
            })}
          </small>
          <small dir="auto">{listed(preview.some_rows.slice(0, 5))}</small>
          {preview.looks_like && (
            <small class="field-fault">
              {t('archives.looksLike', 'This looks like another kind of file: {kind}.', {
                kind: sayKind(preview.looks_like),
              })}
            </small>
          )}
        </span>
      </div>
      {preview.problem_count > 0 && <Problems draft={draft} />}
      <ModeRow others={preview.others} mode={mode} choose={setMode} />
      <div class="wish import-acts">
        <button class="button button-outline" type="button" onClick={() => void drop(draft)}>
          {t('archives.letGo', 'Let go')}
        </button>
        <button
          class={mode === 'overwrite' && preview.others > 0 ? 'button button-danger' : 'button button-primary'}
          type="button"
          aria-busy={isSending}
          onClick={() => !isSending && void begin()}
        >
          {mode === 'overwrite' && preview.others > 0
            ? t('archives.replace', 'Bring it, and remove {n}', { n: preview.others })
            : t('archives.bring', 'Bring it')}
        </button>
      </div>
    </section>
  )
}

function Problems({ draft: { preview } }: { draft: Import }) {
  return (
    <details class="wish import-problems">
      <summary>
        {t('archives.problems', '{n, plural, one {# line is} other {# lines are}} left out', {
          n: preview.problem_count,
        })}
      </summary>
      <ul>
        {preview.problems.map(({ line, text, problem }) => (
          <li key={line}>
            {t('archives.line', 'Line {line}:', { line })} <bdi>{text}</bdi> {sayProblem(problem)}
          </li>
        ))}
      </ul>
    </details>
  )
}

type ModeProps = { others: number; mode: Import['mode']; choose: (mode: Import['mode']) => void }

function ModeRow({ others, mode, choose }: ModeProps) {
  return (
    <ChoiceRow
      id="import-mode"
      label={t('archives.mode', 'And what you have already')}
      help={
        others === 0
          ? t('archives.noOthers', 'You have nothing that the file has not.')
          : t(
              'archives.others',
              '{n, plural, one {# entry of yours is} other {# entries of yours are}} not in the file.',
              {
                n: others,
              },
            )
      }
      value={mode}
      choices={[
        ['merge', t('archives.merge', 'Stays')],
        ['overwrite', t('archives.overwrite', 'Goes')],
      ]}
      choose={choose}
    />
  )
}
