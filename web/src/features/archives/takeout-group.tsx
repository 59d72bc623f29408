import type { Takeout } from '@hamlet/contract/archives'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { formats, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'

const PATH = '/api/hamlet/v1/takeouts'
const LOOK_EVERY_MS = 3_000
const day = (at: string) => new Intl.DateTimeFormat(formats(), { dateStyle: 'medium' }).format(new Date(at))
const size = (bytes: number) =>
  new Intl.NumberFormat(formats(), {
    style: 'unit',
    unit: bytes < 1_000_000 ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: 1,
  }).format(bytes / (bytes < 1_000_000 ? 1_000 : 1_000_000))

/** Everything of a person in one file. */
export function TakeoutGroup() {
  const [rows, setRows] = useState<Takeout[]>()
  const [fault, setFault] = useState('')
  const [isAsking, setAsking] = useState(false)
  const load = () => {
    setFault('')
    request<Takeout[]>('GET', PATH).then(setRows, (error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  const isPacking = rows?.some(({ state }) => state === 'packing') ?? false
  useEffect(() => {
    if (!isPacking) return
    const timer = setInterval(load, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isPacking])
  const ask = async () => {
    setAsking(true)
    try {
      setRows(await request<Takeout[]>('POST', PATH))
    } catch (error) {
      toast(explain(error))
    }
    setAsking(false)
  }
  return (
    <Group
      id="archive"
      title={t('archives.archive', 'Take everything along')}
      note={t(
        'archives.archiveNote',
        'One file with your posts, pictures, lists and all that this server keeps of you. You get a mail when it is packed; it is there for seven days.',
      )}
    >
      {fault && <Fault text={fault} retry={load} />}
      {!rows && !fault && <Skeleton rows={1} />}
      {rows && <AskRow next={rows[0]?.next_at} isAsking={isAsking} ask={() => void ask()} />}
      {rows?.map((one) => (
        <TakeoutRow key={one.id} one={one} />
      ))}
    </Group>
  )
}

function TakeoutRow({ one }: { one: Takeout }) {
  if (one.state === 'packing')
    return (
      <div class="wish import-row">
        <span>
          <strong>{t('archives.packing', 'Being packed')}</strong>
          <small>{t('archives.counts', '{done} of {rows} done', { done: one.done, rows: one.total })}</small>
          <progress
            value={one.done}
            max={Math.max(1, one.total)}
            aria-label={t('archives.progress', 'How far it is')}
          />
        </span>
        <span class="button button-outline is-over">
          <Icon name="download" small />
          {t('settings.download', 'Download')}
        </span>
      </div>
    )
  return (
    <div class="wish">
      <span>
        <strong>{t('archives.of', 'Archive of {day}', { day: day(one.created_at) })}</strong>
        <small>
          {t('archives.until', '{size}, there until {day}', { size: size(one.bytes), day: day(one.until) })}
        </small>
      </span>
      <a class="button button-outline" href={`${PATH}/${one.id}/archive.zip`} download>
        <Icon name="download" small />
        {t('settings.download', 'Download')}
      </a>
    </div>
  )
}

type AskProps = { next: string | undefined; isAsking: boolean; ask: () => void }

function AskRow({ next, isAsking, ask }: AskProps) {
  const mustWait = next !== undefined && Date.parse(next) > Date.now()
  return (
    <div class="wish">
      <strong>
        {mustWait
          ? t('archives.nextArchive', 'You can ask for the next one on {day}.', { day: day(next) })
          : t('archives.ask', 'Your archive')}
      </strong>
      {!mustWait && (
        <button class="button button-outline" type="button" aria-busy={isAsking} onClick={() => !isAsking && ask()}>
          {t('archives.pack', 'Pack it')}
        </button>
      )}
    </div>
  )
}
