import type { Status } from '@hamlet/contract/status'
import { accountOf, statusOf } from '../../../api/store.ts'
import { me } from '../../../app/session.ts'
import { rich, t } from '../../../i18n/words.ts'
import { textOf } from '../../../lib/html-tree.ts'
import { Icon } from '../../../ui/parts.tsx'
import { nameOf, People, PersonLink } from '../../../ui/people.tsx'
import { foldHere } from '../../filters/fold.ts'
import { wordsOf } from '../quote/words.ts'

/** Who brought a post here by boosting it. */
export function BoostLine({ boosters }: { boosters: readonly string[] }) {
  const accounts = boosters.map((id) => accountOf(id).value).filter((account) => account !== undefined)
  if (accounts.length === 0) return null
  return (
    <p class="card-context">
      <Icon name="boost" small />
      <span>{rich('statuses.boostedBy', '{names} boosted', { names: <People accounts={accounts} /> })}</span>
    </p>
  )
}

const LONGEST_EXCERPT = 140

/** Whom a reply answers, and with which words; the line is there from the beginning, so that nothing moves. */
export function ParentLine({ status }: { status: Status }) {
  const { in_reply_to_id: id, in_reply_to_account_id: personId } = status
  if (id === null || personId === null) return null
  const parent = statusOf(id).value
  const mention = status.mentions.find((one) => one.id === personId)
  const person = accountOf(personId).value
  const isShown = Boolean(parent && !foldHere(parent))
  const isSelf = personId === status.account.id
  const name =
    personId === me.value.id ? (
      <b>{t('statuses.toYou', 'you')}</b>
    ) : person ? (
      <PersonLink account={person} />
    ) : (
      <bdi>{mention ? `@${mention.acct}` : t('statuses.somebody', 'somebody')}</bdi>
    )
  return (
    <p class="card-parent">
      <Icon name="parent" small />
      <span>
        {isSelf ? t('statuses.goesOn', 'goes on from') : rich('statuses.replyTo', 'to {name}', { name })}
        {isShown && ':'}
      </span>
      {parent && isShown && (
        <a class="card-parent-words" dir="auto" href={`/@${parent.account.acct}/${parent.id}`}>
          {excerptOf(parent)}
        </a>
      )}
    </p>
  )
}

/** A few words of a post; of one behind a warning, the warning. */
export function excerptOf(status: Status): string {
  const words = status.spoiler_text || textOf(wordsOf(status)).replaceAll(/\s+/g, ' ').trim()
  const cut = words.length > LONGEST_EXCERPT ? `${words.slice(0, LONGEST_EXCERPT).trimEnd()}…` : words
  return cut === '' ? nameOf(status.account) : cut
}
