import type { List } from '@hamlet/contract/list'
import { ColumnHead } from '../../app/column.tsx'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { changeList, deleteList } from './acts.ts'
import { Members } from './members.tsx'
import { policies, policyWords } from './policy-words.ts'
import { useList } from './use-list.ts'

const LONGEST_TITLE = 256

/** What a list is called, what stands in it, and who is in it; every change is kept at once (picture 15). */
export function EditListPage({ id }: { id: string }) {
  const { list, fault, retry } = useList(id)
  return (
    <>
      <ColumnHead title={list ? list.title : t('lists.list', 'List')} back />
      {!list && (
        <div class="sheet column-sheet">{fault ? <Fault text={fault} retry={retry} /> : <Skeleton rows={3} />}</div>
      )}
      {list && (
        <div class="list-settings">
          <h2>{t('lists.settings', 'The list')}</h2>
          <div class="sheet">
            <Title list={list} />
            <Exclusive list={list} />
          </div>
          <h2 id="list-replies">{t('lists.replies', 'Replies')}</h2>
          <Replies list={list} />
          <h2>{t('lists.members', 'People')}</h2>
          <Members list={list} />
          <Delete list={list} />
        </div>
      )}
    </>
  )
}

function Title({ list }: { list: List }) {
  return (
    <div class="list-setting">
      <label for="list-title">{t('lists.title', 'Name')}</label>
      <span class="input">
        <input
          id="list-title"
          key={list.id}
          defaultValue={list.title}
          maxLength={LONGEST_TITLE}
          autocomplete="off"
          dir="auto"
          onChange={(event) => {
            const title = event.currentTarget.value.trim()
            if (title === '') event.currentTarget.value = list.title
            else if (title !== list.title) void changeList(list, { title })
          }}
        />
      </span>
    </div>
  )
}

function Exclusive({ list }: { list: List }) {
  return (
    <div class="list-setting">
      <label for="list-exclusive">
        <span>{t('lists.exclusive', 'Only here, not in home')}</span>
        <small>
          {list.exclusive
            ? t('lists.exclusiveOn', 'What its people write is left out of home. You meet it in this list alone.')
            : t('lists.exclusiveOff', 'What its people write stands in home, too.')}
        </small>
      </label>
      <input
        id="list-exclusive"
        class="switch"
        type="checkbox"
        role="switch"
        checked={list.exclusive}
        aria-checked={list.exclusive}
        onChange={(event) => void changeList(list, { exclusive: event.currentTarget.checked })}
      />
    </div>
  )
}

function Replies({ list }: { list: List }) {
  return (
    <div class="sheet" role="radiogroup" aria-labelledby="list-replies">
      {policies.map((policy) => {
        const { label, help } = policyWords(policy)
        return (
          <label class="list-choice" key={policy}>
            <input
              type="radio"
              name="replies"
              value={policy}
              checked={list.replies_policy === policy}
              onChange={() => void changeList(list, { replies_policy: policy })}
            />
            <strong>{label}</strong>
            <small>{help}</small>
          </label>
        )
      })}
    </div>
  )
}

function Delete({ list }: { list: List }) {
  const remove = async () => {
    if (await deleteList(list)) navigate('/lists', { replace: true })
  }
  return (
    <div class="list-end">
      <button class="button button-outline list-delete" type="button" onClick={() => void remove()}>
        {t('lists.deleteList', 'Delete this list')}
      </button>
      <p>{t('lists.deleteHelp', 'You go on following its people.')}</p>
    </div>
  )
}
