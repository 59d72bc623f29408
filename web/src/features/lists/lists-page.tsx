import type { List } from '@hamlet/contract/list'
import { useEffect, useState } from 'preact/hooks'
import { explain } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Menu } from '../../ui/menu.tsx'
import { Empty, Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { deleteList } from './acts.ts'
import { lists, loadLists } from './lists-state.ts'
import { NewList } from './new-list.tsx'
import { policyWords } from './policy-words.ts'

/** All lists of this person: made here, opened, changed and deleted. */
export function ListsPage() {
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    loadLists().catch((error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  const known = lists.value
  return (
    <>
      <ColumnHead title={t('lists.yours', 'Your lists')} back />
      <div class="sheet column-sheet">
        <NewList made={(list) => navigate(`/lists/${list.id}/edit`)} />
        {fault && <Fault text={fault} retry={load} />}
        {!fault && !known && <Skeleton rows={3} />}
        {known?.length === 0 && (
          <Empty title={t('lists.none', 'No lists yet')} icon="list">
            {t('lists.noneText', 'Give a list a name, and put people in it whom you want to read apart from the rest.')}
          </Empty>
        )}
        {known && known.length > 0 && (
          <ul class="list-rows">
            {known.map((list) => (
              <ListRow key={list.id} list={list} />
            ))}
          </ul>
        )}
      </div>
    </>
  )
}

function ListRow({ list }: { list: List }) {
  const edit = `/lists/${list.id}/edit`
  return (
    <li class="list-row">
      <a href={`/lists/${list.id}`}>
        <Icon name="list" />
        <span>
          <strong dir="auto">{list.title}</strong>
          <small>
            {policyWords(list.replies_policy).label}
            {list.exclusive && ` · ${t('lists.apart', 'Not in home')}`}
          </small>
        </span>
      </a>
      <Menu
        label={t('lists.more', 'More about {title}', { title: list.title })}
        items={() => [
          { label: t('lists.edit', 'Edit'), icon: 'write', run: () => navigate(edit) },
          {
            label: t('lists.delete', 'Delete'),
            icon: 'remove',
            isDangerous: true,
            run: () => void deleteList(list),
          },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </li>
  )
}
