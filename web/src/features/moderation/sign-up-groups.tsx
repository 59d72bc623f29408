import type { SignUpGroup } from '@hamlet/contract/joining'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'

/** Why somebody waits who could have come in without a word, by the names of the server (`users/sign-up.ts`, `gates/verdict.ts`). */
const whys: Record<string, () => string> = {
  name: () => t('moderation.whyName', 'Name kept back'),
  mail: () => t('moderation.whyMail', 'Mail domain kept out'),
  exchanger: () => t('moderation.whyExchanger', 'Mail taken by a domain kept out'),
  disposable: () => t('moderation.whyDisposable', 'Address for ten minutes'),
  network: () => t('moderation.whyNetwork', 'Network kept out'),
  proof: () => t('moderation.whyProof', 'Browser did not work for its place'),
  trap: () => t('moderation.whyTrap', 'Filled in a hidden field'),
  near: () => t('moderation.whyNear', 'Many from one place'),
  alike: () => t('moderation.whyAlike', 'Like many others today'),
  flood: () => t('moderation.whyFlood', 'Came in a flood'),
}
export const sayWhy = (why: string): string => whys[why]?.() ?? why

/** What those of a group have in common. */
const titles: Record<SignUpGroup['kind'], (value: string) => string> = {
  address: (value) => t('moderation.fromNetwork', 'From {network}', { network: value }),
  mail: (value) => t('moderation.withMail', 'With mail at {domain}', { domain: value }),
  name: (value) => t('moderation.namedLike', 'Named like {name}', { name: value }),
  reason: (value) => t('moderation.sameReason', 'All say: “{words}”', { words: value }),
  why: (value) => sayWhy(value),
}
const sayGroup = ({ kind, value }: SignUpGroup) => titles[kind](value)

type Decision = 'approve' | 'reject'
type Props = { groups: readonly SignUpGroup[]; mark: string; choose: (mark: string) => void; decided: () => void }
type Asked = { group: SignUpGroup; decision: Decision }

/** Sign-ups that look as if one hand had made them: one press for all of them. */
export function SignUpGroups({ groups, mark, choose, decided }: Props) {
  const [asked, setAsked] = useState<Asked>()
  const [isBusy, setBusy] = useState(false)
  if (groups.length === 0) return null
  const decide = async ({ group, decision }: Asked) => {
    setAsked(undefined)
    setBusy(true)
    try {
      const body = { mark: group.mark, until: group.until, decision }
      const answer = await request<{ decided: number }>('POST', '/api/web/moderation/sign-ups/decision', { body })
      toast(sayDecided(decision, answer.decided))
      decided()
    } catch (error) {
      toast(explain(error))
    }
    setBusy(false)
  }
  return (
    <section class="sign-up-groups" aria-labelledby="alike" aria-busy={isBusy}>
      <h2 id="alike">{t('moderation.alike', 'These look alike')}</h2>
      {groups.map((group) => (
        <Group
          key={group.mark}
          group={group}
          isOpen={mark === group.mark}
          open={() => choose(mark === group.mark ? '' : group.mark)}
          ask={(decision) => setAsked({ group, decision })}
        />
      ))}
      {asked && <Question asked={asked} cancel={() => setAsked(undefined)} decide={() => void decide(asked)} />}
    </section>
  )
}

const sayDecided = (decision: Decision, n: number) =>
  decision === 'reject'
    ? t('moderation.groupRejected', '{n, plural, =0 {Nobody is} one {# person is} other {# people are}} turned away.', {
        n,
      })
    : t('moderation.groupApproved', '{n, plural, =0 {Nobody is} one {# person is} other {# people are}} let in.', { n })

type GroupProps = { group: SignUpGroup; isOpen: boolean; open: () => void; ask: (decision: Decision) => void }

function Group({ group, isOpen, open, ask }: GroupProps) {
  const { count, confirmed, usernames } = group
  const title = sayGroup(group)
  return (
    <article class="sign-up">
      <div class="sign-up-who">
        <p class="sign-up-name">
          <strong dir="auto">{title}</strong>
        </p>
        <p class="meta">
          {t(
            'moderation.groupCount',
            '{n, plural, one {# person} other {# people}}, {confirmed} with a confirmed address',
            {
              n: count,
              confirmed,
            },
          )}
        </p>
        <p class="meta" dir="ltr">
          {usernames.map((name) => `@${name}`).join(' ')}
          {count > usernames.length && ' …'}
        </p>
      </div>
      <span class="person-acts">
        <Act pressed={isOpen} label={t('moderation.lookAt', 'Look at them')} about={title} run={open} />
        <Act label={t('moderation.approveAll', 'Approve all')} about={title} run={() => ask('approve')} />
        <Act label={t('moderation.rejectAll', 'Reject all')} about={title} run={() => ask('reject')} />
      </span>
    </article>
  )
}

type ActProps = { label: string; about: string; run: () => void; pressed?: boolean }

function Act({ label, about, run, pressed }: ActProps) {
  return (
    <button
      class="button button-outline button-small"
      type="button"
      aria-label={`${label}: ${about}`}
      aria-pressed={pressed}
      onClick={run}
    >
      {label}
    </button>
  )
}

type QuestionProps = { asked: Asked; cancel: () => void; decide: () => void }

/** What will happen is said before it does. */
function Question({ asked: { group, decision }, cancel, decide }: QuestionProps) {
  const n = group.count
  const isReject = decision === 'reject'
  const label = isReject
    ? t('moderation.rejectAllAsk', 'Reject {n, plural, one {# sign-up} other {# sign-ups}}?', { n })
    : t('moderation.approveAllAsk', 'Approve {n, plural, one {# sign-up} other {# sign-ups}}?', { n })
  return (
    <Dialog label={label} class="question" onClose={cancel}>
      <h2>{label}</h2>
      <p class="lead">
        {sayGroup(group)}.{' '}
        {isReject
          ? t(
              'moderation.rejectAllText',
              'What they sent is erased, and the names are free again. Only those whose address is confirmed get a mail. Whoever came after you looked stays.',
            )
          : t(
              'moderation.approveAllText',
              'They are in, or will be when they confirm the address. Whoever came after you looked stays.',
            )}
      </p>
      <p class="dialog-answers">
        <button class="button button-outline" type="button" onClick={cancel}>
          {t('moderation.cancel', 'Cancel')}
        </button>
        <button class={isReject ? 'button button-danger' : 'button button-primary'} type="button" onClick={decide}>
          {isReject ? t('moderation.rejectAll', 'Reject all') : t('moderation.approveAll', 'Approve all')}
        </button>
      </p>
    </Dialog>
  )
}
