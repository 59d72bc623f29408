import { signal } from '@preact/signals'
import { useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { makeFeed, type Feed } from '../../api/timeline.ts'
import { navigate, place } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { FeedList } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import '../../styles/cases.css'
import '../../styles/trends.css'
import { Pick } from '../measures/pick.tsx'
import { focusedRow, KeyHelp, KeyRow, stepRow, usePageKeys, type KeyAct } from '../moderation/cases/queue-keys.tsx'
import { FindTag } from './find-tag.tsx'
import { readItem, ways, type Item, type Kind } from './kinds.tsx'
import { TrendRow } from './trend-row.tsx'
import { states } from './words.ts'

export type Verdict = 'approve' | 'reject'
type Raw = Parameters<typeof readItem>[1]

/** One kind of what is talked about, what waits first; one or many are decided, by mouse or by key. */
export function TrendList({ kind }: { kind: Kind }) {
  const { query } = place.value
  const [status, name] = [query.get('status') ?? '', kind === 'tags' ? (query.get('name') ?? '') : '']
  return (
    <div class="sheet column-sheet trends">
      <div class="gate-form gate-fields">
        <Pick
          label={t('trends.state', 'State')}
          options={states()}
          value={status}
          choose={(next) => navigate(addressOf(kind, next, name), { replace: true })}
        />
        {kind === 'tags' && (
          <FindTag name={name} find={(next) => navigate(addressOf(kind, status, next), { replace: true })} />
        )}
      </div>
      <Rows key={`${status} ${name}`} kind={kind} status={status} name={name} />
    </div>
  )
}

/** Of the keys those that are used most stand in the row. */
const MOST_KEYS = 7

function addressOf(kind: Kind, status: string, name: string): string {
  const query = new URLSearchParams({ ...(status ? { status } : {}), ...(name ? { name } : {}) }).toString()
  return query === '' ? ways[kind].path : `${ways[kind].path}?${query}`
}

/** A hashtag that is looked for need not be talked about. */
function sourceOf({ kind, status, name }: RowsProps): string {
  const list = name === '' ? ways[kind].list : `/api/v1/admin/tags?${new URLSearchParams({ name }).toString()}`
  return status === '' ? list : `${list}&status=${status}`
}

type RowsProps = { kind: Kind; status: string; name: string }

function Rows(props: RowsProps) {
  const { kind } = props
  const feed = useMemo(() => makeRows(kind, sourceOf(props)), [])
  const chosen = useMemo(() => signal<ReadonlySet<string>>(new Set()), [])
  const [isHelp, setHelp] = useState(false)
  const toggle = (id: string) => {
    const next = new Set(chosen.value)
    if (!next.delete(id)) next.add(id)
    chosen.value = next
  }
  const decide = async (verdict: Verdict, only?: string) => {
    const focused = focusedRow()?.dataset.id
    const ids = only ? [only] : chosen.value.size > 0 ? [...chosen.value] : focused ? [focused] : []
    if (await decideAll(feed, { kind, verdict, ids })) chosen.value = new Set()
  }
  const acts = keyActs({ decide, toggle, choose: (ids) => (chosen.value = new Set(ids)), help: () => setHelp(true) })
  usePageKeys(acts)
  return (
    <>
      <FeedList
        feed={feed}
        empty={{
          icon: 'fine',
          title: t('trends.none', 'Nothing here'),
          text: t('trends.noneText', 'What several people use or share in public posts stands here for some days.'),
        }}
        draw={(item) => (
          <TrendRow
            key={item.id}
            item={item}
            isChosen={chosen.value.has(item.id)}
            toggle={() => toggle(item.id)}
            decide={(verdict) => void decide(verdict, item.id)}
            decideAuthor={(verdict) => void decideAuthor(feed, item, verdict)}
          />
        )}
      />
      {chosen.value.size > 0 && <Chosen n={chosen.value.size} decide={(verdict) => void decide(verdict)} />}
      {feed.items.value.length > 0 && <KeyRow acts={acts.slice(0, MOST_KEYS)} more={() => setHelp(true)} />}
      {isHelp && <KeyHelp acts={acts} close={() => setHelp(false)} />}
    </>
  )
}

/** The list as rows show it. */
function makeRows(kind: Kind, path: string): Feed<Item> {
  return makeFeed<Item>(path, (given) => Object.assign(given, readItem(kind, given as Raw)))
}

type Wish = { kind: Kind; verdict: Verdict; ids: readonly string[] }

/** Each row says how it stands as soon as the server has said so, and keeps its place. True when all went well. */
async function decideAll(feed: Feed<Item>, { kind, verdict, ids }: Wish): Promise<boolean> {
  try {
    for (const id of ids) {
      // oxlint-disable-next-line no-await-in-loop -- one after another: few, and each is written down
      const after = readItem(kind, await request<Raw>('POST', `${ways[kind].api}/${id}/${verdict}`))
      feed.items.value = feed.items.value.map((one) => (one.id === id ? { ...one, ...after } : one))
    }
    if (ids.length > 1)
      toast(t('trends.decided', '{n, plural, one {# decided.} other {# decided.}}', { n: ids.length }))
    return true
  } catch (error) {
    toast(explain(error))
    return false
  }
}

/** All posts of somebody, those that nobody looked at among the rows: the others keep what was decided of them. */
async function decideAuthor(feed: Feed<Item>, { author, name }: Item, verdict: Verdict): Promise<void> {
  if (author === undefined) return
  const isShown = verdict === 'approve'
  try {
    await request('POST', `/api/web/admin/trends/authors/${author}/${verdict}`)
    feed.items.value = feed.items.value.map((one) =>
      one.author === author && one.requires_review ? { ...one, requires_review: false, trendable: isShown } : one,
    )
    toast(
      isShown
        ? t('trends.authorApproved', 'Posts of {name} are shown from now on.', { name })
        : t('trends.authorRejected', 'Posts of {name} are kept out from now on.', { name }),
    )
  } catch (error) {
    toast(explain(error))
  }
}

type ActProps = {
  decide: (verdict: Verdict) => Promise<void>
  toggle: (id: string) => void
  choose: (ids: readonly string[]) => void
  help: () => void
}

function keyActs({ decide, toggle, choose, help }: ActProps): KeyAct[] {
  const act = (keys: readonly string[], words: string, run: () => void): KeyAct => ({
    keys,
    shown: keys[0] ?? '',
    words,
    run,
  })
  const tick = () => {
    const id = focusedRow()?.dataset.id
    if (id !== undefined) toggle(id)
  }
  return [
    act(['j', 'ArrowDown'], t('cases.keyNext', 'next'), () => stepRow(1)),
    act(['k', 'ArrowUp'], t('cases.keyBefore', 'before'), () => stepRow(-1)),
    act(['x'], t('cases.keySelect', 'select'), tick),
    act(['o'], t('cases.keyOpen', 'open'), () => focusedRow()?.querySelector<HTMLElement>('.queue-open')?.click()),
    act(['a'], t('trends.keyApprove', 'approve'), () => void decide('approve')),
    act(['r'], t('trends.keyReject', 'reject'), () => void decide('reject')),
    act(['c'], t('cases.keyClear', 'select nothing'), () => choose([])),
    act(['?'], t('cases.keyHelp', 'all keys'), help),
  ]
}

function Chosen({ n, decide }: { n: number; decide: (verdict: Verdict) => void }) {
  return (
    <section class="chosen-bar" aria-label={t('cases.chosen', 'What is selected')}>
      <output>{t('cases.count', '{n, plural, one {# selected} other {# selected}}', { n })}</output>
      <button class="link-button" type="button" onClick={() => decide('approve')}>
        {t('trends.approve', 'Approve')}
      </button>
      <button class="link-button" type="button" onClick={() => decide('reject')}>
        {t('trends.reject', 'Reject')}
      </button>
    </section>
  )
}
