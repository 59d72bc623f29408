import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { openFilterEditor } from './editor-state.ts'
import { FilterList } from './filter-list.tsx'
import { PeopleList } from './people-list.tsx'

/** Everything that a person does not want to meet, in one place: words, and people (web-spec 4.13). */
export function FiltersPage() {
  return (
    <>
      <ColumnHead title={t('filters.page', 'Filters and blocks')} back>
        <button class="button button-primary head-end" type="button" onClick={() => openFilterEditor()}>
          {t('filters.new', 'New filter')}
        </button>
      </ColumnHead>
      <FilterList />
      <PeopleList kind="mutes" />
      <PeopleList kind="blocks" />
    </>
  )
}
