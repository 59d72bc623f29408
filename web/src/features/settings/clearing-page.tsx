import type { Clearing } from '@hamlet/contract/clearing'
import { useEffect, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { ChoiceRow, Group, SwitchRow } from './rows.tsx'

const PATH = '/api/hamlet/v1/clearing'
type Kept = Extract<keyof Clearing, `keep_${string}`>

function ages(): [string, string][] {
  return [
    ['7', t('settings.aWeek', 'a week')],
    ['14', t('settings.twoWeeks', 'two weeks')],
    ['30', t('settings.aMonth', 'a month')],
    ['90', t('settings.threeMonths', 'three months')],
    ['180', t('settings.halfYear', 'half a year')],
    ['365', t('settings.aYear', 'a year')],
    ['731', t('settings.twoYears', 'two years')],
  ]
}

function kept(): [Kept, string][] {
  return [
    ['keep_pinned', t('settings.keepPinned', 'Pinned posts')],
    ['keep_direct', t('settings.keepDirect', 'Private mentions')],
    ['keep_self_bookmark', t('settings.keepBookmarked', 'Posts that you bookmarked yourself')],
    ['keep_self_favourite', t('settings.keepFavourited', 'Posts that you favourited yourself')],
    ['keep_media', t('settings.keepMedia', 'Posts with pictures')],
    ['keep_polls', t('settings.keepPolls', 'Polls')],
  ]
}

const LIMITS = ['', '5', '10', '25', '50', '100', '250']

/** Old posts that go by themselves, and what stays. Saved at once, as every setting. */
export function ClearingPage() {
  const [policy, setPolicy] = useState<Clearing>()
  const [count, setCount] = useState<number>()
  const [fault, setFault] = useState('')
  const asked = useRef(0)
  const foresee = async (wish: Clearing) => {
    const turn = (asked.current += 1)
    const found = await request<{ count: number }>('POST', `${PATH}/preview`, { body: wish }).catch(() => undefined)
    if (turn === asked.current) setCount(found?.count)
  }
  const load = () => {
    setFault('')
    read().catch((error: unknown) => setFault(explain(error)))
  }
  const read = async () => {
    const found = await request<Clearing>('GET', PATH)
    setPolicy(found)
    void foresee(found)
  }
  useEffect(load, [])
  const change = async (part: Partial<Clearing>) => {
    if (!policy) return
    const wish = { ...policy, ...part }
    setPolicy(wish)
    void foresee(wish)
    await request('PUT', PATH, { body: wish }).catch((error: unknown) => {
      setPolicy(policy)
      void foresee(policy)
      toast(explain(error))
    })
  }
  return (
    <>
      <ColumnHead title={t('settings.clearing', 'Old posts')} back />
      {fault && <Fault text={fault} retry={load} />}
      {!policy && !fault && <Skeleton rows={3} />}
      {policy && <Policy policy={policy} count={count} change={(part) => void change(part)} />}
    </>
  )
}

type PolicyProps = { policy: Clearing; count: number | undefined; change: (part: Partial<Clearing>) => void }

function Policy({ policy, count, change }: PolicyProps) {
  return (
    <>
      <Group
        id="clearing"
        title={t('settings.clearingTitle', 'Posts that delete themselves')}
        note={t(
          'settings.clearingNote',
          'A few at a time, in quiet hours, so that a long past may take days. What is deleted cannot be brought back.',
        )}
      >
        <SwitchRow
          id="clearing-on"
          label={t('settings.clearingOn', 'Delete my old posts')}
          help={
            count === undefined
              ? t('settings.counting', 'Counting …')
              : t(
                  'settings.clearingCount',
                  '{n, plural, =0 {Nothing would go now.} one {# post would go now.} other {# posts would go now.}}',
                  { n: count },
                )
          }
          isOn={policy.enabled}
          choose={(enabled) => change({ enabled })}
        />
        <ChoiceRow
          id="clearing-age"
          label={t('settings.clearingAge', 'Older than')}
          value={String(policy.min_age_days)}
          choices={ages()}
          choose={(days) => change({ min_age_days: Number(days) })}
        />
      </Group>
      <Group id="clearing-keep" title={t('settings.stays', 'What stays')}>
        {kept().map(([name, label]) => (
          <SwitchRow
            key={name}
            id={name.replaceAll('_', '-')}
            label={label}
            isOn={policy[name]}
            choose={(isOn) => change({ [name]: isOn })}
          />
        ))}
        <LimitRow
          id="min-favourites"
          label={t('settings.minFavourites', 'Posts with many favourites')}
          value={policy.min_favourites}
          choose={(n) => change({ min_favourites: n })}
        />
        <LimitRow
          id="min-boosts"
          label={t('settings.minBoosts', 'Posts with many boosts')}
          value={policy.min_reblogs}
          choose={(n) => change({ min_reblogs: n })}
        />
      </Group>
    </>
  )
}

type LimitProps = { id: string; label: string; value: number | null; choose: (n: number | null) => void }

function LimitRow({ id, label, value, choose }: LimitProps) {
  const words = (n: string): string =>
    n === '' ? t('settings.noLimit', 'No') : t('settings.atLeast', '{n} or more', { n })
  return (
    <ChoiceRow
      id={id}
      label={label}
      value={String(value ?? '')}
      choices={LIMITS.map((n) => [n, words(n)] as const)}
      choose={(n) => choose(n === '' ? null : Number(n))}
    />
  )
}
