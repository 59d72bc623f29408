import { explain, request } from '../../../api/request.ts'
import { navigate } from '../../../app/router.ts'
import { t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { toast } from '../../../ui/toast.tsx'
import { categoryName } from '../words.ts'
import { loadQueue, queryOf, queue, readFilters, type FilterName } from './queue-state.ts'
import { severityName } from './queue-words.ts'

type Filters = Partial<Record<FilterName, string>>
type Words = readonly (readonly [value: string, words: string])[]

function choices(): [FilterName, string, Words][] {
  const categories = ['spam', 'legal', 'violation', 'other'].map((one) => [one, categoryName(one)] as const)
  return [
    ['category', t('cases.reason', 'Reason'), categories],
    ['level', t('cases.severity', 'Severity'), ['3', '2', '1'].map((one) => [one, severityName(Number(one))] as const)],
    [
      'origin',
      t('cases.origin', 'From'),
      [
        ['local', t('cases.here', 'This server')],
        ['remote', t('cases.elsewhere', 'Other servers')],
      ],
    ],
    [
      'holder',
      t('cases.with', 'With'),
      [
        ['me', t('cases.me', 'Me')],
        ['nobody', t('cases.nobody', 'Nobody')],
        ['others', t('cases.others', 'Others')],
      ],
    ],
  ]
}

const go = (filters: Filters) => navigate(`/moderation${queryOf(filters)}`, { replace: true })

/** Narrows the queue; all of it stands in the address, so that it can be kept and sent to a colleague. */
export function QueueFilters({ filters }: { filters: Filters }) {
  const change = (name: FilterName, value: string) => {
    const { [name]: _, ...others } = filters
    go(value === '' ? others : { ...others, [name]: value })
  }
  return (
    <search class="queue-filters">
      {choices().map(([name, label, values]) => (
        <label key={name}>
          <span>{label}</span>
          <select value={filters[name] ?? ''} onChange={(event) => change(name, event.currentTarget.value)}>
            <option value="">{t('cases.any', 'Any')}</option>
            {values.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label>
        <span>{t('cases.server', 'Server')}</span>
        <input
          type="text"
          dir="ltr"
          autocapitalize="none"
          spellcheck={false}
          value={filters.host ?? ''}
          onChange={(event) => change('host', event.currentTarget.value.trim())}
        />
      </label>
      <Views filters={filters} />
    </search>
  )
}

/** Filters that are kept under a name, and a way to keep these. */
function Views({ filters }: { filters: Filters }) {
  const views = queue.value?.views ?? []
  const hasFilters = Object.keys(filters).length > 0
  const act = async (run: () => Promise<unknown>) => {
    try {
      await run()
      await loadQueue(filters, true)
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="queue-views">
      {views.map((view) => (
        <span class="chip" key={view.id}>
          <button type="button" dir="auto" onClick={() => go(readFilters(new URLSearchParams(view.query)))}>
            {view.name}
          </button>
          <button
            class="chip-remove"
            type="button"
            aria-label={t('cases.forgetView', 'Forget the view {name}', { name: view.name })}
            onClick={() => void act(() => request('DELETE', `/api/web/moderation/views/${view.id}`))}
          >
            <Icon name="close" small />
          </button>
        </span>
      ))}
      {hasFilters && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const field = event.currentTarget.querySelector('input')
            const name = field?.value.trim() ?? ''
            if (name === '') return field?.focus()
            const body = { name, query: queryOf(filters).slice(1) }
            void act(() => request('POST', '/api/web/moderation/views', { body }))
          }}
        >
          <input type="text" maxLength={60} dir="auto" aria-label={t('cases.viewName', 'Name of the view')} />
          <button class="button button-outline button-small" type="submit">
            {t('cases.keepView', 'Keep this view')}
          </button>
          <button class="link-button" type="button" onClick={() => go({})}>
            {t('cases.clear', 'Show everything')}
          </button>
        </form>
      )}
    </div>
  )
}
