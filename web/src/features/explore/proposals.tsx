import type { Suggestion } from '@hamlet/contract/discovery'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { loadRelationships } from '../profiles/acts.ts'
import { PersonRow } from '../profiles/person-row.tsx'

/** People to follow, each with why; one who is not wanted goes, and is not proposed again. */
export function Proposals() {
  const [found, setFound] = useState<Suggestion[]>()
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    ask()
      .then(setFound)
      .catch((error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  const dismiss = async (gone: Suggestion) => {
    setFound((before) => before?.filter((one) => one !== gone))
    try {
      await request('DELETE', `/api/v1/suggestions/${gone.account.id}`)
      toast(t('explore.dismissed', '{name} is not proposed any more.', { name: nameOf(gone.account) }))
    } catch (error) {
      setFound((before) => before && [gone, ...before])
      toast(explain(error))
    }
  }
  if (fault) return <Fault text={fault} retry={load} />
  if (!found) return <Skeleton rows={3} />
  if (found.length === 0)
    return (
      <Empty icon="person" title={t('explore.noPeople', 'Nobody to propose')}>
        {t('explore.noPeopleText', 'Follow a few people: whom they follow is proposed here.')}
      </Empty>
    )
  return (
    <>
      {found.map((one) => (
        <div class="proposal" key={one.account.id}>
          <p class="meta">{why(one)}</p>
          <PersonRow account={one.account} />
          <button
            class="icon-button"
            type="button"
            aria-label={t('explore.dismiss', 'Do not propose {name}', { name: nameOf(one.account) })}
            title={t('explore.notInterested', 'Not interested')}
            onClick={() => void dismiss(one)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </>
  )
}

async function ask(): Promise<Suggestion[]> {
  const found = await request<Suggestion[]>('GET', '/api/v2/suggestions')
  for (const { account } of found) keepAccount(account)
  await loadRelationships(found.map(({ account }) => account.id))
  return found
}

function why({ sources }: Suggestion): string {
  return sources.includes('friends_of_friends')
    ? t('explore.friends', 'Followed by people you follow')
    : t('explore.popular', 'Followed by many here')
}
