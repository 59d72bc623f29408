import type { Account } from '@hamlet/contract/account'
import type { ReportCase } from '@hamlet/contract/moderation'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { hearStream } from '../../../api/stream.ts'
import { ColumnHead } from '../../../app/column.tsx'
import { navigate } from '../../../app/router.ts'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import { Avatar, Icon } from '../../../ui/parts.tsx'
import { Fault, Skeleton } from '../../../ui/states.tsx'
import { Ago } from '../../../ui/time.tsx'
import { toast } from '../../../ui/toast.tsx'
import '../../../styles/case.css'
import { useLoaded } from '../use-loaded.ts'
import { categoryName } from '../words.ts'
import { CaseAbout } from './case-about.tsx'
import { CaseDecide, Decided } from './case-decide.tsx'
import { CaseEvidence } from './case-evidence.tsx'
import { KeyHelp, usePageKeys, type KeyAct } from './queue-keys.tsx'

type Part = 'evidence' | 'about' | 'decide'

/** A report with all that is needed to decide it (picture 13b): what was said, who said it, what to do. */
export function CasePage({ id }: { id: string }) {
  const { value, fault, load } = useLoaded<ReportCase>(`/api/web/moderation/reports/${id}`)
  const looking = useLooking(id, value?.looking)
  const [part, setPart] = useState<Part>('evidence')
  const [isHelp, setHelp] = useState(false)
  const assign = async () => {
    const verb = value?.assigned?.id === me.value.id ? 'unassign' : 'assign_to_self'
    try {
      await request('POST', `/api/v1/admin/reports/${id}/${verb}`)
      await load()
    } catch (error) {
      toast(explain(error))
    }
  }
  const acts = keyActs(value, { assign: () => void assign(), help: () => setHelp(true) })
  usePageKeys(acts)
  return (
    <>
      <ColumnHead title={t('moderation.report', 'Report')} back>
        {value && <CaseHead report={value} looking={looking} assign={() => void assign()} />}
      </ColumnHead>
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!value && !fault && <Skeleton rows={2} />}
      {value && (
        <>
          <PartTabs current={part} choose={setPart} />
          <div class={`case case-shows-${part}`}>
            <CaseEvidence report={value} />
            <CaseAbout report={value} />
            {value.resolved_at ? (
              <Decided report={value} changed={() => void load()} />
            ) : (
              <CaseDecide key={value.id} report={value} />
            )}
          </div>
        </>
      )}
      {isHelp && <KeyHelp acts={acts} close={() => setHelp(false)} />}
    </>
  )
}

type HeadProps = { report: ReportCase; looking: readonly Account[]; assign: () => void }

function CaseHead({ report, looking, assign }: HeadProps) {
  const [first, second, ...more] = report.reporters
  const isMine = report.assigned?.id === me.value.id
  return (
    <>
      <span class="meta case-meta">
        {report.rules[0] ? `“${report.rules[0]}”` : categoryName(report.category)} ·{' '}
        {t('moderation.from', 'from {handle}', { handle: `@${first?.acct ?? report.reporter.acct}` })}
        {second && ` ${t('cases.andWho', 'and {handle}', { handle: `@${second.acct}` })}`}
        {more.length > 0 && ` ${t('cases.andMore', 'and others')}`} · <Ago at={report.created_at} />
      </span>
      <span class="case-acts">
        {looking.map((one) => (
          <span key={one.id} class="case-looking meta">
            <Avatar src={one.avatar} size={24} />
            {t('cases.looking', '{name} is looking too', { name: one.display_name || one.username })}
          </span>
        ))}
        {report.assigned && !isMine && (
          <span class="meta">{t('cases.holder', 'With {handle}', { handle: `@${report.assigned.acct}` })}</span>
        )}
        <button class="button button-outline" type="button" onClick={assign}>
          {isMine ? t('cases.unassign', 'Leave to others') : t('cases.assignToMe', 'Assign to me')} <kbd>a</kbd>
        </button>
        <Neighbour to={report.previous} icon="previous" label={t('cases.previous', 'Newer report')} />
        <Neighbour to={report.next} icon="down" label={t('cases.next', 'Older report')} />
      </span>
    </>
  )
}

function Neighbour({ to, icon, label }: { to: string | null; icon: 'previous' | 'down'; label: string }) {
  if (to === null) return null
  return (
    <a class="icon-button" href={`/moderation/reports/${to}`} aria-label={label} title={label}>
      <Icon name={icon} />
    </a>
  )
}

/** On a phone the three parts lie behind each other. */
function PartTabs({ current, choose }: { current: Part; choose: (part: Part) => void }) {
  const parts: [Part, string][] = [
    ['evidence', t('cases.partEvidence', 'What was said')],
    ['about', t('cases.partAbout', 'Who')],
    ['decide', t('moderation.decide', 'Decide')],
  ]
  return (
    <nav class="case-tabs" aria-label={t('cases.parts', 'Parts of the report')}>
      {parts.map(([part, words]) => (
        <button key={part} type="button" aria-pressed={current === part} onClick={() => choose(part)}>
          {words}
        </button>
      ))}
    </nav>
  )
}

const BEAT_MS = 20_000

/** Says that one looks at a case while the page stands, and who else does. */
function useLooking(id: string, first: readonly Account[] | undefined): readonly Account[] {
  const [looking, setLooking] = useState<readonly Account[]>()
  useEffect(() => {
    const path = `/api/web/moderation/reports/${id}/look`
    const tell = async () => {
      try {
        setLooking(await request<Account[]>('POST', path, { body: { here: true } }))
      } catch {
        // Who else looks is no matter of life and death: the next beat asks again.
      }
    }
    void tell()
    const beat = setInterval(() => void tell(), BEAT_MS)
    const deaf = hearStream({ stream: 'user' }, ({ event }) => {
      if (event === 'case_looks' || event === 'reopened') void tell()
    })
    return () => {
      clearInterval(beat)
      deaf()
      request('POST', path, { body: { here: false }, keepalive: true }).catch(() => undefined)
    }
  }, [id])
  return looking ?? first ?? []
}

/** Ticks a decision of the form and puts the focus there. */
function pick(decision: string): void {
  const box = document.querySelector<HTMLInputElement>(`.decision input[value='${decision}']`)
  box?.click()
  box?.focus()
}

function keyActs(report: ReportCase | undefined, { assign, help }: { assign: () => void; help: () => void }): KeyAct[] {
  const go = (to: string | null | undefined) => () => {
    if (to) navigate(`/moderation/reports/${to}`)
  }
  const act = (keys: string, words: string, run: () => void): KeyAct => ({
    keys: [keys],
    shown: keys === 'S' ? '⇧ S' : keys,
    words,
    run,
  })
  return [
    act('j', t('cases.next', 'Older report'), go(report?.next)),
    act('k', t('cases.previous', 'Newer report'), go(report?.previous)),
    act('a', t('cases.assignToMe', 'Assign to me'), assign),
    act('y', t('moderation.noViolation', 'No violation'), () => pick('none')),
    act('w', t('moderation.warnOnly', 'Warn only'), () => pick('warn')),
    act('d', t('cases.removePosts', 'Remove posts'), () => pick('delete')),
    act('s', t('moderation.limit', 'Limit'), () => pick('limit')),
    act('S', t('moderation.suspend', 'Suspend'), () => pick('suspend')),
    act('n', t('cases.addNote', 'Add a note'), () =>
      document.querySelector<HTMLElement>('.case-notes textarea')?.focus(),
    ),
    act('u', t('cases.back', 'Back to the queue'), () => navigate('/moderation')),
    act('?', t('cases.keyHelp', 'all keys'), help),
  ]
}
