import type { AdminDimension, AdminMeasure } from '@hamlet/contract/admin'
import type { AdminTag } from '@hamlet/contract/search'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { may } from '../../app/session.ts'
import { amount, t } from '../../i18n/words.ts'
import { Plot } from '../../ui/chart.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import '../../styles/overview.css'
import '../../styles/trends.css'
import { useLoaded } from '../moderation/use-loaded.ts'
import { tagPath } from '../tags/tag-words.ts'
import { standingWords } from './words.ts'

const DAYS = 13
const DAY_MS = 24 * 3_600_000
const dateAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

/** One hashtag: what may be done with it, and who uses it. */
export function TagReview({ id }: { id: string }) {
  const { value, fault, load } = useLoaded<AdminTag>(`/api/v1/admin/tags/${id}`)
  return (
    <>
      <ColumnHead title={value ? `#${value.name}` : t('trends.tag', 'Hashtag')} back>
        {value && <span class="meta">{standingWords(value)}</span>}
      </ColumnHead>
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton rows={5} />}
        {value && <TagForm tag={value} load={load} />}
        {value && may('view_dashboard') && <Use id={id} />}
      </div>
    </>
  )
}

type Flag = 'usable' | 'listable' | 'trendable'
const flags = (): [Flag, string, string][] => [
  [
    'usable',
    t('trends.usable', 'Posts may hold it'),
    t('trends.usableText', 'Otherwise no post with it is taken here, and it leads to none from elsewhere.'),
  ],
  ['listable', t('trends.listable', 'Searches find it'), t('trends.listableText', 'Suggestions, too.')],
  [
    'trendable',
    t('trends.trendable', 'It may be shown as talked about'),
    t('trends.trendableText', 'When enough people use it.'),
  ],
]

function TagForm({ tag, load }: { tag: AdminTag; load: () => Promise<void> }) {
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)
  const send = async (form: HTMLFormElement) => {
    if (isBusy) return
    setBusy(true)
    setFault('')
    const given = new FormData(form)
    const isOn = (name: Flag) => given.get(name) === 'on'
    const words = { display_name: given.get('display_name') }
    const body = { ...words, usable: isOn('usable'), listable: isOn('listable'), trendable: isOn('trendable') }
    try {
      await request('PUT', `/api/v1/admin/tags/${tag.id}`, { body })
      toast(t('trends.kept', 'Kept.'))
      await load()
    } catch (error) {
      setFault(explain(error))
    }
    setBusy(false)
  }
  return (
    <form
      class="trend-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <Written tag={tag} />
      {flags().map(([name, words, more]) => (
        <label class="check" key={name}>
          <input type="checkbox" name={name} defaultChecked={tag[name]} />
          <span>
            {words} <small class="meta">{more}</small>
          </span>
        </label>
      ))}
      <p class="field-fault" role="alert">
        {fault}
      </p>
      <span class="person-acts">
        <button class="button button-primary" type="submit" aria-busy={isBusy}>
          {t('trends.keep', 'Keep')}
        </button>
        <a class="button button-outline" href={tagPath(tag)}>
          {t('trends.seePosts', 'See its posts')}
        </a>
      </span>
    </form>
  )
}

function Written({ tag }: { tag: AdminTag }) {
  return (
    <label class="field">
      <span class="field-head">{t('trends.written', 'How it is written; only capitals can change')}</span>
      <span class="input">
        <input
          name="display_name"
          required
          maxLength={200}
          defaultValue={tag.name}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
        />
      </span>
    </label>
  )
}

type Figures = { measures: AdminMeasure[]; dimensions: AdminDimension[] }

/** Who uses it, by day, by server and by language. */
function Use({ id }: { id: string }) {
  const [figures, setFigures] = useState<Figures>()
  const [fault, setFault] = useState('')
  const load = () => readFigures(id).then(setFigures, (error: unknown) => setFault(explain(error)))
  useEffect(() => void load(), [id])
  if (fault) return <Fault text={fault} retry={() => void load()} />
  if (!figures) return <Skeleton rows={3} />
  const names: Record<string, string> = {
    tag_uses: t('trends.uses', 'Posts'),
    tag_accounts: t('trends.people', 'People'),
    tag_servers: t('trends.servers', 'Servers'),
  }
  const shares: Record<string, string> = {
    tag_servers: t('trends.byServer', 'By server'),
    tag_languages: t('trends.byLanguage', 'By language'),
  }
  return (
    <div class="trend-figures">
      {figures.measures.map(({ key, total, data }) => (
        <Plot
          key={key}
          name={names[key] ?? key}
          kind="bars"
          isDays
          say={amount}
          points={data.map(({ date, value }) => ({ at: date, value: Number(value) }))}
        >
          <strong>{amount(Number(total))}</strong> {t('trends.inTwoWeeks', 'in two weeks')}
        </Plot>
      ))}
      {figures.dimensions.map((dimension) => (
        <Share key={dimension.key} name={shares[dimension.key] ?? dimension.key} dimension={dimension} />
      ))}
    </div>
  )
}

async function readFigures(id: string): Promise<Figures> {
  const about = { id }
  const range = { start_at: dateAgo(DAYS), end_at: dateAgo(0) }
  const days = ['tag_uses', 'tag_accounts', 'tag_servers']
  const shares = ['tag_servers', 'tag_languages']
  const ask = <T,>(what: string, keys: readonly string[]) =>
    request<T>('POST', `/api/v1/admin/${what}`, {
      body: { keys, ...range, ...Object.fromEntries(keys.map((key) => [key, about])) },
    })
  const [measures, dimensions] = await Promise.all([
    ask<AdminMeasure[]>('measures', days),
    ask<AdminDimension[]>('dimensions', shares),
  ])
  return { measures, dimensions }
}

function Share({ name, dimension }: { name: string; dimension: AdminDimension }) {
  return (
    <section class="plot" aria-label={name}>
      <h2 class="plot-name">{name}</h2>
      {dimension.data.length === 0 && <p class="meta">{t('trends.nobody', 'Nobody in these days')}</p>}
      <table class="trend-table">
        <tbody>
          {dimension.data.map(({ key, human_key: words, value }) => (
            <tr key={key}>
              <th scope="row">
                <bdi>{words}</bdi>
              </th>
              <td>{amount(Number(value))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
