import type { FilterTest } from '@hamlet/contract/filter-test'
import type { Status } from '@hamlet/contract/status'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { rich, t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/people.tsx'
import { pathOf } from '../statuses/acts.ts'
import { excerptOf } from '../statuses/card/context-line.tsx'
import type { Draft } from './editor-state.ts'

type Tried = { examined: number; touched: number; statuses: Status[] }

const wordsOf = (now: Draft) =>
  now.words
    .filter((word) => word.keyword.trim() !== '')
    .map(({ keyword, wholeWord }) => ({ keyword, whole_word: wholeWord }))

/** What the words would have done to the last posts at home; nothing is kept of it. */
export function FilterTry({ now }: { now: Draft }) {
  const tried = useSignal<Tried | undefined>(undefined)
  const fault = useSignal('')
  const isBusy = useSignal(false)
  const keywords = wordsOf(now)
  const isAtHome = now.contexts.includes('home')
  const asked = JSON.stringify([keywords, isAtHome])
  // What was found belongs to the words that were tried.
  useEffect(() => {
    tried.value = undefined
  }, [asked])
  const run = async (after?: string) => {
    if (isBusy.value) return
    isBusy.value = true
    fault.value = ''
    try {
      const body = { keywords, context: now.contexts, ...(after === undefined ? {} : { max_id: after }) }
      const { examined, touched, statuses } = await request<FilterTest>('POST', '/api/hamlet/v1/filters/test', { body })
      const before = after === undefined ? [] : (tried.value?.statuses ?? [])
      tried.value = { examined, touched, statuses: [...before, ...statuses] }
    } catch (error) {
      fault.value = explain(error)
    }
    isBusy.value = false
  }
  return (
    <div class="filter-try" aria-live="polite">
      <button
        class="button button-soft"
        type="button"
        aria-busy={isBusy.value}
        onClick={() => {
          if (keywords.length === 0) fault.value = t('filters.tryNoWords', 'Write a word first.')
          else if (!isAtHome)
            fault.value = t('filters.tryElsewhere', 'It does not act at home, where it would be tried.')
          else void run()
        }}
      >
        {t('filters.try', 'Try it out')}
      </button>
      {fault.value ? (
        <p class="field-fault">{fault.value}</p>
      ) : tried.value ? (
        <Found tried={tried.value} more={(after) => void run(after)} />
      ) : (
        <p class="meta">{t('filters.tryHelp', 'See what it would have done to the last posts in your home.')}</p>
      )}
    </div>
  )
}

function Found({ tried, more }: { tried: Tried; more: (after: string) => void }) {
  const { examined, touched, statuses } = tried
  const last = statuses.at(-1)
  const values = { n: touched, of: examined }
  return (
    <div class="filter-found">
      <p>
        {t(
          'filters.tried',
          '{n, plural, =0 {It would have touched none of your last {of} posts.} other {It would have touched # of your last {of} posts.}}',
          values,
        )}
      </p>
      {touched > 0 && (
        <details>
          <summary>{t('filters.seeThem', 'See them')}</summary>
          <ul>
            {statuses.map((status) => (
              <li key={status.id}>
                <FoundPost status={status.reblog ?? status} />
              </li>
            ))}
          </ul>
          {last && statuses.length < touched && (
            <button class="link-button" type="button" onClick={() => more(last.id)}>
              {t('filters.more', 'Show more')}
            </button>
          )}
        </details>
      )}
    </div>
  )
}

/** Opened beside the editor, so that what is written stays. */
function FoundPost({ status }: { status: Status }) {
  return (
    <a href={pathOf(status)} target="_blank" rel="noopener">
      {rich('filters.foundPost', '{name}: {words}', {
        name: (
          <strong>
            <bdi>{nameOf(status.account)}</bdi>
          </strong>
        ),
        words: <bdi>{excerptOf(status)}</bdi>,
      })}
    </a>
  )
}
