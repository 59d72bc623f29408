import type { SignUpGroup } from '@hamlet/contract/joining'
import type { SignUp } from '@hamlet/contract/sign-up'
import { useMemo, useRef, useState } from 'preact/hooks'
import { ApiError, explain, request } from '../../api/request.ts'
import { makeFeed } from '../../api/timeline.ts'
import { rich, t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { FeedList, Skeleton } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { sayWhy, SignUpGroups } from './sign-up-groups.tsx'
import { useLoaded } from './use-loaded.ts'

type Verb = 'approve' | 'reject'
const PATH = '/api/web/moderation/sign-ups'

/**
 * Who waits to be let in: first what looks as if one hand had made it, then one by one, the longest waiting first.
 * `decided` is told after each answer.
 */
export function SignUps({ decided }: { decided: () => void }) {
  const groups = useLoaded<SignUpGroup[]>(`${PATH}/groups`)
  const [mark, setMark] = useState('')
  const [round, setRound] = useState(0)
  const told = () => {
    void groups.load()
    decided()
  }
  // The rows come when it is known what stands above them: nothing is pushed down.
  if (groups.value === undefined && groups.fault === '')
    return (
      <div class="sheet column-sheet">
        <Skeleton rows={5} />
      </div>
    )
  return (
    <div class="sheet column-sheet">
      <SignUpGroups
        groups={groups.value ?? []}
        mark={mark}
        choose={setMark}
        decided={() => {
          setMark('')
          setRound(round + 1)
          told()
        }}
      />
      <Rows key={`${mark} ${round}`} mark={mark} decided={told} />
    </div>
  )
}

function Rows({ mark, decided }: { mark: string; decided: () => void }) {
  const feed = useMemo(() => makeFeed<SignUp>(mark === '' ? PATH : `${PATH}?mark=${encodeURIComponent(mark)}`), [mark])
  const sheet = useRef<HTMLDivElement>(null)
  const [rejected, setRejected] = useState<SignUp>()
  const [busy, setBusy] = useState('')
  const decide = async (row: SignUp, verb: Verb) => {
    if (busy) return
    setBusy(row.id)
    setRejected(undefined)
    const refocus = findNextFocus(sheet.current, row.id)
    try {
      await request('POST', `/api/v1/admin/accounts/${row.id}/${verb}`)
      toast(
        verb === 'approve'
          ? sayApproved(row)
          : t('moderation.turnedAway', '{handle} is turned away.', { handle: `@${row.username}` }),
      )
    } catch (error) {
      toast(explain(error))
      if (!isDecided(error)) return setBusy('')
    }
    setBusy('')
    feed.remove((one) => one.id === row.id)
    requestAnimationFrame(refocus)
    decided()
  }
  return (
    <div ref={sheet}>
      <FeedList
        feed={feed}
        empty={{
          icon: 'person',
          title: t('moderation.nobodyWaits', 'Nobody waits'),
          text: t('moderation.nobodyWaitsText', 'When somebody asks to join, you decide here.'),
        }}
        draw={(row) => (
          <Row
            key={row.id}
            row={row}
            isBusy={busy === row.id}
            approve={() => void decide(row, 'approve')}
            reject={() => setRejected(row)}
          />
        )}
      />
      {rejected && (
        <Rejection
          row={rejected}
          cancel={() => setRejected(undefined)}
          reject={() => void decide(rejected, 'reject')}
        />
      )}
    </div>
  )
}

const sayApproved = ({ username, confirmed }: SignUp) =>
  confirmed
    ? t('moderation.isIn', '{handle} is in.', { handle: `@${username}` })
    : t('moderation.isInSoon', '{handle} is in as soon as the address is confirmed.', { handle: `@${username}` })

/** Somebody else of the team was faster: then nobody waits any more, whatever they said. */
const isDecided = (error: unknown) => error instanceof ApiError && error.status === 404

/** Whoever decides by keyboard goes on with the next one, and after the last with the title. */
function findNextFocus(sheet: HTMLElement | null, id: string): () => void {
  const rows = [...(sheet?.querySelectorAll<HTMLElement>('.sign-up') ?? [])]
  const at = rows.findIndex((row) => row.dataset.id === id)
  const next = (rows[at + 1] ?? rows[at - 1])?.querySelector<HTMLElement>('.button-primary')
  return () => (next ?? document.querySelector<HTMLElement>('.column-title h1'))?.focus()
}

/** By which ways somebody came. */
function Arrival({ row }: { row: SignUp }) {
  return (
    <p class="meta">
      <bdi>{row.email}</bdi>
      {row.application && (
        <>
          {' · '}
          {rich('moderation.by', 'by {app}', { app: <bdi>{row.application}</bdi> })}
        </>
      )}
      {row.ip && (
        <>
          {' · '}
          <bdi>{row.ip}</bdi>
        </>
      )}
      {row.invited_by && (
        <>
          {' · '}
          {rich('moderation.invitedBy', 'invited by {handle}', { handle: <bdi>@{row.invited_by}</bdi> })}
        </>
      )}
      {' · '}
      <Ago at={row.created_at} />
    </p>
  )
}

type RowProps = { row: SignUp; isBusy: boolean; approve: () => void; reject: () => void }

function Row({ row, isBusy, approve, reject }: RowProps) {
  return (
    <article class="sign-up" data-id={row.id} aria-busy={isBusy}>
      <Avatar src="/avatar.svg" size={36} />
      <div class="sign-up-who">
        <p class="sign-up-name">
          <strong dir="ltr">@{row.username}</strong>
          {!row.confirmed && <span class="tag">{t('moderation.unconfirmed', 'Address not confirmed')}</span>}
          {row.why.map((why) => (
            <span class="tag" key={why}>
              {sayWhy(why)}
            </span>
          ))}
        </p>
        <Arrival row={row} />
        <p class="sign-up-reason" dir="auto">
          {row.reason ?? t('moderation.noReason', 'No reason given')}
        </p>
      </div>
      <span class="person-acts">
        <button
          class="button button-outline button-small"
          type="button"
          aria-label={t('moderation.rejectWho', 'Reject {handle}', { handle: `@${row.username}` })}
          onClick={reject}
        >
          {t('moderation.reject', 'Reject')}
        </button>
        <button
          class="button button-primary button-small"
          type="button"
          aria-label={t('moderation.approveWho', 'Approve {handle}', { handle: `@${row.username}` })}
          onClick={approve}
        >
          {t('moderation.approve', 'Approve')}
        </button>
      </span>
    </article>
  )
}

type RejectionProps = { row: SignUp; cancel: () => void; reject: () => void }

/** Turning away cannot be undone, so it is asked once more. */
function Rejection({ row, cancel, reject }: RejectionProps) {
  return (
    <Dialog
      label={t('moderation.rejectWho', 'Reject {handle}', { handle: `@${row.username}` })}
      class="question"
      onClose={cancel}
    >
      <h2>{rich('moderation.rejectAsk', 'Reject {handle}?', { handle: <bdi>@{row.username}</bdi> })}</h2>
      <p class="lead">
        {t(
          'moderation.rejectText',
          'What they sent is erased, and the name is free again. They get a mail that says so, without a reason.',
        )}
      </p>
      <p class="dialog-answers">
        <button class="button button-outline" type="button" onClick={cancel}>
          {t('moderation.cancel', 'Cancel')}
        </button>
        <button class="button button-danger" type="button" onClick={reject}>
          {t('moderation.reject', 'Reject')}
        </button>
      </p>
    </Dialog>
  )
}
