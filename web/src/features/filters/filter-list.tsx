import type { Filter } from '@hamlet/contract/filter'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { filterChanges, openFilterEditor } from './editor-state.ts'
import { removeFilter, restoreFilter } from './save-filter.ts'
import { summaryOf } from './words.ts'

/** Words, each filter with what it does; gone at once when it is removed, and back when that was a slip. */
export function FilterList() {
  const filters = useSignal<Filter[] | undefined>(undefined)
  const fault = useSignal('')
  const load = async () => {
    fault.value = ''
    try {
      filters.value = await request<Filter[]>('GET', '/api/v2/filters')
    } catch (error) {
      fault.value = explain(error)
    }
  }
  useEffect(() => void load(), [filterChanges.value])
  const remove = async (filter: Filter) => {
    const before = filters.value
    filters.value = before?.filter((one) => one.id !== filter.id)
    try {
      await removeFilter(filter)
      toast(t('filters.removed', '“{title}” filters no longer.', { title: filter.title }), {
        label: t('filters.undo', 'Undo'),
        run: () => void restoreFilter(filter).catch((error: unknown) => toast(explain(error))),
      })
    } catch (error) {
      filters.value = before
      toast(explain(error))
    }
  }
  return (
    <section class="setting-group" aria-labelledby="filters-words">
      <h2 class="setting-caption" id="filters-words">
        {t('filters.wordsGroup', 'Words and posts')}
      </h2>
      <div class="sheet">
        {fault.value ? (
          <Fault text={fault.value} retry={() => void load()} />
        ) : filters.value === undefined ? (
          <Skeleton rows={2} />
        ) : filters.value.length === 0 ? (
          <NoFilters />
        ) : (
          filters.value.map((filter) => (
            <FilterRow key={filter.id} filter={filter} remove={() => void remove(filter)} />
          ))
        )}
      </div>
    </section>
  )
}

function NoFilters() {
  return (
    <div class="empty">
      <span class="tile">
        <Icon name="filter" />
      </span>
      <h2>{t('filters.none', 'Every word reaches you')}</h2>
      <p>{t('filters.noneText', 'Fold or hide posts with words that you would rather not read.')}</p>
      <button class="button button-outline" type="button" onClick={() => openFilterEditor()}>
        {t('filters.new', 'New filter')}
      </button>
    </div>
  )
}

function FilterRow({ filter, remove }: { filter: Filter; remove: () => void }) {
  const { title } = filter
  return (
    <div class="setting-row">
      <span class="setting-words">
        <strong>
          <bdi>{title}</bdi>
        </strong>
        <span>{summaryOf(filter)}</span>
      </span>
      <button
        class="button button-outline button-small"
        type="button"
        aria-label={t('filters.changeOne', 'Change {title}', { title })}
        onClick={() => openFilterEditor({ filter })}
      >
        {t('filters.changeShort', 'Change')}
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label={t('filters.removeOne', 'Remove {title}', { title })}
        title={t('filters.remove', 'Remove')}
        onClick={remove}
      >
        <Icon name="remove" />
      </button>
    </div>
  )
}
