import type { TeamAccount, TeamNote, TeamStrike } from '@hamlet/contract/team'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { may } from '../../app/session.ts'
import { amount, t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago, FullTime } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import '../../styles/case.css'
import { useLoaded } from '../moderation/use-loaded.ts'
import { actionName } from '../moderation/words.ts'
import { ActForm } from './act-form.tsx'
import { HelpIn } from './help-in.tsx'
import { DeleteData } from './delete-data.tsx'
import { Marks, Proposal } from './marks.tsx'
import { stateName, untilText } from './words.ts'

type Part = { known: TeamAccount; done: () => void }

/** Somebody with all that the team knows of them, and what can be done about them (picture 13b, its columns). */
export function AccountPage({ id }: { id: string }) {
  const { value, fault, load } = useLoaded<TeamAccount>(`/api/web/moderation/accounts/${id}`)
  const done = () => void load()
  return (
    <>
      <ColumnHead title={value ? nameOf(value.admin.account) : t('measures.account', 'Account')} back>
        {value && <Marks account={value.admin} />}
      </ColumnHead>
      {fault && <Fault text={fault} retry={done} />}
      {!value && !fault && <Skeleton rows={3} />}
      {value?.proposal && (
        <div class="sheet column-sheet">
          <Proposal proposal={value.proposal} done={done} />
        </div>
      )}
      {value && (
        <div class="case">
          <section class="case-evidence" aria-label={t('measures.history', 'What was decided before')}>
            <Strikes known={value} done={done} />
            <Notes known={value} done={done} />
          </section>
          <About known={value} done={done} />
          {value.decisions.length > 0 ? <ActForm known={value} done={done} /> : <OutOfReach />}
        </div>
      )}
    </>
  )
}

function OutOfReach() {
  return (
    <section class="case-decide">
      <h2>{t('measures.outOfReach', 'Out of your reach')}</h2>
      <p class="lead">{t('measures.outOfReachText', 'This role is as high as yours, or higher.')}</p>
    </section>
  )
}

function About({ known, done }: Part) {
  const { admin, reports } = known
  const { account } = admin
  const rows: [string, preact.ComponentChildren][] = [
    [t('measures.joined', 'Joined'), <Ago key="at" at={admin.created_at} />],
    [t('measures.countPosts', 'Posts'), amount(account.statuses_count)],
    [t('measures.countFollowers', 'Followers'), amount(account.followers_count)],
    [
      t('measures.reportsAbout', 'Reported'),
      t('measures.reportCounts', '{n, number} ({open, number} open)', { n: reports.about, open: reports.open }),
    ],
    [t('measures.reportsFiled', 'Reports filed'), amount(reports.filed)],
  ]
  if (admin.email)
    rows.push([
      t('measures.email', 'E-mail'),
      <bdi key="mail" dir="ltr">
        {admin.email}
      </bdi>,
    ])
  if (admin.role?.name) rows.push([t('measures.role', 'Role'), <bdi key="role">{admin.role.name}</bdi>])
  return (
    <section class="case-about" aria-label={t('measures.who', 'Who it is')}>
      <p class="consent-who">
        <Avatar src={account.avatar} size={44} />
        <a href={`/@${account.acct}`}>
          <strong>
            <bdi>{nameOf(account)}</bdi>
          </strong>
          <span class="meta" dir="ltr">
            @{account.acct}
          </span>
        </a>
      </p>
      <dl class="person-fields">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Browsers known={known} />
      {admin.email && known.decisions.length > 0 && may('manage_users') && <HelpIn known={known} done={done} />}
      {may('view_audit_log') && (
        <p class="case-log">
          <a href={`/admin/log?about=${admin.id}`}>{t('measures.inLog', 'In the log of the team')}</a>
        </p>
      )}
      <DeleteData known={known} />
    </section>
  )
}

function Browsers({ known: { admin, sessions } }: { known: TeamAccount }) {
  return (
    <>
      {admin.ips.length > 0 && <h2 class="case-title">{t('measures.addresses', 'IP addresses')}</h2>}
      {admin.ips.map(({ ip, used_at: at }) => (
        <p class="meta" key={ip}>
          <bdi dir="ltr">{ip}</bdi> · <Ago at={at} />
        </p>
      ))}
      {sessions && sessions.length > 0 && <h2 class="case-title">{t('measures.sessions', 'Signed in with')}</h2>}
      {sessions?.map((session) => (
        <p class="meta" key={session.id}>
          <bdi>{session.user_agent || t('measures.unknownBrowser', 'An unknown browser')}</bdi> ·{' '}
          <Ago at={session.last_seen_at} />
        </p>
      ))}
    </>
  )
}

function Strikes({ known, done }: Part) {
  return (
    <>
      <h2 class="case-title">{t('measures.decisions', 'Decisions')}</h2>
      {known.strikes.length === 0 && (
        <p class="lead">{t('measures.noDecisions', 'Nothing was decided about this account.')}</p>
      )}
      {known.strikes.map((strike) => (
        <Strike key={strike.id} strike={strike} canUndo={known.decisions.length > 0} done={done} />
      ))}
    </>
  )
}

function Strike({ strike, canUndo, done }: { strike: TeamStrike; canUndo: boolean; done: () => void }) {
  const [isBusy, setBusy] = useState(false)
  const undo = async () => {
    if (isBusy) return
    setBusy(true)
    try {
      await request('POST', `/api/web/moderation/strikes/${strike.id}/undo`)
      toast(t('measures.undone', 'Taken back, with what it changed.'))
      done()
    } catch (error) {
      toast(explain(error))
    }
    setBusy(false)
  }
  const state = stateName(strike.state)
  return (
    <article class="strike">
      <p class="strike-head">
        <strong>{actionName(strike.action)}</strong>
        {state && <span class={strike.state === 'in_force' ? 'tag tag-on' : 'tag'}>{state}</span>}
        {strike.ends_at && strike.state === 'in_force' && <span class="meta">{untilText(strike.ends_at)}</span>}
        {strike.undoable && canUndo && (
          <button
            class="button button-outline button-small"
            type="button"
            aria-busy={isBusy}
            onClick={() => void undo()}
          >
            {t('measures.undo', 'Take it back')}
          </button>
        )}
      </p>
      <p class="meta">
        <FullTime at={strike.created_at} />
        {strike.moderator && <> · @{strike.moderator.acct}</>}
        {strike.report_id && may('manage_reports') && (
          <>
            {' · '}
            <a href={`/moderation/reports/${strike.report_id}`}>{t('measures.report', 'Report')}</a>
          </>
        )}
      </p>
      {strike.text && (
        <blockquote class="case-comment" dir="auto">
          {strike.text}
        </blockquote>
      )}
    </article>
  )
}

function Notes({ known, done }: Part) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  const send = async () => {
    setFault('')
    try {
      await request('POST', `/api/web/moderation/accounts/${known.admin.id}/notes`, { body: { text } })
      setText('')
      done()
    } catch (error) {
      setFault(explain(error))
    }
  }
  return (
    <>
      <h2 class="case-title">{t('measures.notes', 'Notes of the team')}</h2>
      {known.notes.map((note) => (
        <Note key={note.id} note={note} done={done} />
      ))}
      <form
        class="note-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <label class="field">
          <span class="field-head">{t('measures.newNote', 'Write something down; only the team reads it')}</span>
          <textarea
            rows={2}
            dir="auto"
            required
            maxLength={2000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        {fault && (
          <p class="form-fault" role="alert">
            {fault}
          </p>
        )}
        <button class="button button-outline button-small" type="submit">
          {t('measures.keepNote', 'Keep')}
        </button>
      </form>
    </>
  )
}

function Note({ note, done }: { note: TeamNote; done: () => void }) {
  const remove = async () => {
    try {
      await request('DELETE', `/api/web/moderation/notes/${note.id}`)
      done()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <article class="strike">
      <p dir="auto">{note.text}</p>
      <p class="meta strike-head">
        <span>
          {note.author && <>@{note.author.acct} · </>}
          <FullTime at={note.created_at} />
        </span>
        {note.own && may('manage_reports') && (
          <button class="button button-quiet button-small" type="button" onClick={() => void remove()}>
            {t('measures.removeNote', 'Remove')}
          </button>
        )}
      </p>
    </article>
  )
}
