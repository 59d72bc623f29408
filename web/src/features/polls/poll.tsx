import type { Poll as PollShape } from '@hamlet/contract/poll'
import type { Status } from '@hamlet/contract/status'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { changeStatus } from '../../api/store.ts'
import { formats, listed, t } from '../../i18n/words.ts'
import { EmojiText } from '../../ui/emoji.tsx'
import { toast } from '../../ui/toast.tsx'
import { doOrWait } from '../outbox/acts-waiting.ts'
import { isHidden, isOver, turnoutOf } from './counts.ts'
import { Results } from './results.tsx'

/** What a post asks: to choose from, and, once one has chosen or it is over, what everybody chose (web-spec 4.3). */
export function Poll({ status }: { status: Status }) {
  return status.poll ? <PollBox key={status.poll.id} statusId={status.id} poll={status.poll} /> : null
}

type BoxProps = { statusId: string; poll: PollShape }

function PollBox({ statusId, poll }: BoxProps) {
  const [isRevealed, setRevealed] = useState(false)
  const box = useRef<HTMLFieldSetElement>(null)
  const hasEnded = isOver(poll)
  const keep = (fresh: PollShape) => changeStatus(statusId, (status) => ({ ...status, poll: fresh }))
  useEffect(() => {
    // It ended while it lay here: the last counts are with the server.
    if (hasEnded && !poll.expired) void fetchPoll(poll.id).then(keep, () => {})
  }, [hasEnded])
  const mayVote = !hasEnded && !poll.voted
  const show = (isShown: boolean) => {
    setRevealed(isShown)
    box.current?.focus()
  }
  const choose = async (choices: number[]) => {
    const outcome = await doOrWait<PollShape>({
      path: `/api/v1/polls/${poll.id}/votes`,
      body: { choices },
      subject: `vote ${poll.id}`,
      says: t('outbox.vote', 'Vote for {options}', {
        options: listed(choices.map((index) => poll.options[index]?.title ?? '')),
      }),
      took: keep,
      revert: () => keep(poll),
    })
    if (outcome === 'waiting') keep({ ...poll, voted: true, own_votes: choices })
    if (outcome !== 'refused') box.current?.focus()
    return outcome !== 'refused'
  }
  return (
    <fieldset class="poll" aria-label={nameOf(poll)} tabIndex={-1} ref={box}>
      {mayVote && !isRevealed ? (
        <Ballot poll={poll} choose={choose} reveal={isHidden(poll) ? undefined : () => show(true)} />
      ) : (
        <Results poll={poll} />
      )}
      {mayVote && isRevealed && (
        <button class="button button-outline button-small" type="button" onClick={() => show(false)}>
          {t('polls.back', 'Back to the options')}
        </button>
      )}
      <Facts poll={poll} />
    </fieldset>
  )
}

function nameOf(poll: PollShape): string {
  if (isOver(poll)) return t('polls.nameOver', 'Poll, over')
  return poll.multiple ? t('polls.nameMany', 'Poll, choose one or more') : t('polls.nameOne', 'Poll, choose one')
}

type BallotProps = {
  poll: PollShape
  /** False when it was refused, which is said. */
  choose: (choices: number[]) => Promise<boolean>
  /** There where the counts may be seen before. */
  reveal: (() => void) | undefined
}

/** Radio buttons or check boxes, with the keys that a browser gives them. */
function Ballot({ poll, choose, reveal }: BallotProps) {
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [isSending, setSending] = useState(false)
  const name = useId()
  const toggle = (index: number, isOn: boolean) => {
    if (!poll.multiple) return setChosen([index])
    return setChosen(isOn ? [...chosen, index] : chosen.filter((one) => one !== index))
  }
  const send = async () => {
    if (chosen.length === 0) return toast(t('polls.chooseFirst', 'Choose an option first.'))
    setSending(true)
    if (!(await choose([...chosen]))) setSending(false)
    return undefined
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSending) void send()
      }}
    >
      {poll.options.map(({ title }, index) => (
        <label key={title} class="poll-option">
          <input
            type={poll.multiple ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(index)}
            onChange={(event) => toggle(index, event.currentTarget.checked)}
          />
          <span dir="auto">
            <EmojiText text={title} emojis={poll.emojis} />
          </span>
        </label>
      ))}
      <p class="poll-acts">
        <button class="button button-primary button-small" type="submit" aria-busy={isSending}>
          {t('polls.vote', 'Vote')}
        </button>
        {reveal && (
          <button class="button button-outline button-small" type="button" onClick={reveal}>
            {t('polls.see', 'See results')}
          </button>
        )}
      </p>
    </form>
  )
}

/** How many took part, until when, and why there are no counts. */
function Facts({ poll }: { poll: PollShape }) {
  return (
    <p class="meta">
      {turnoutOf(poll)} · <End poll={poll} />
      {isHidden(poll) && <> · {t('polls.hidden', 'counts are hidden until the end')}</>}
    </p>
  )
}

function End({ poll }: { poll: PollShape }) {
  if (poll.expires_at === null)
    return <>{poll.expired ? t('polls.isOver', 'over') : t('polls.noEnd', 'open without an end')}</>
  const at = Date.parse(poll.expires_at)
  const when = relative(at - Date.now())
  const whole = new Intl.DateTimeFormat(formats(), { dateStyle: 'full', timeStyle: 'short' }).format(at)
  return (
    <time dateTime={poll.expires_at} title={whole}>
      {isOver(poll) ? t('polls.ended', 'ended {when}', { when }) : t('polls.ends', 'ends {when}', { when })}
    </time>
  )
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** `in 3 days`, `2 hours ago`. */
function relative(ms: number): string {
  const [unit, size] = UNITS.find(([, one]) => Math.abs(ms) >= one) ?? ['second', 1000]
  return new Intl.RelativeTimeFormat(formats()).format(Math.trunc(ms / size), unit)
}

function fetchPoll(id: string): Promise<PollShape> {
  return request<PollShape>('GET', `/api/v1/polls/${id}`)
}
