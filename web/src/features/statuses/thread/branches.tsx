import { signal } from '@preact/signals'
import { Fragment } from 'preact'
import { relationshipOf } from '../../../api/store.ts'
import { t } from '../../../i18n/words.ts'
import { nameOf } from '../../../ui/people.tsx'
import { Icon } from '../../../ui/parts.tsx'
import { StatusCard } from '../card.tsx'
import { daysBetween, type Branch } from './tree.ts'

/** Deeper replies stop indenting, so that words keep their room. */
const DEEPEST = 3
/** Branches that the reader folded, by the post that they hang from; they stay so while the app is open. */
const folded = signal<ReadonlySet<string>>(new Set())

function toggle(id: string): void {
  const next = new Set(folded.value)
  if (!next.delete(id)) next.add(id)
  folded.value = next
}

/** The replies to a post, each branch with a line that folds it (picture 04). */
export function Branches({ branches, authorId }: { branches: readonly Branch[]; authorId: string }) {
  return (
    <>
      {branches.map((branch, index) => (
        <Fragment key={branch.status.id}>
          <Pause days={daysBetween(branches[index - 1]?.status, branch.status)} />
          <OneBranch branch={branch} depth={0} authorId={authorId} />
        </Fragment>
      ))}
    </>
  )
}

/** Who speaks here: whoever wrote what is answered, or somebody who follows the reader. */
function Badge({ accountId, authorId }: { accountId: string; authorId: string }) {
  if (accountId === authorId) return <span class="badge badge-author">{t('thread.author', 'Author')}</span>
  if (relationshipOf(accountId).value?.followed_by)
    return <span class="badge">{t('thread.followsYou', 'Follows you')}</span>
  return null
}

function Pause({ days }: { days: number }) {
  if (days === 0) return null
  return (
    <p class="pause">
      <span>{t('thread.later', '{days, plural, one {A day later} other {# days later}}', { days })}</span>
    </p>
  )
}

type OneProps = { branch: Branch; depth: number; authorId: string }

function OneBranch({ branch, depth, authorId }: OneProps) {
  const { status, children, count, people } = branch
  const isFolded = folded.value.has(status.id)
  return (
    <div class={depth === 0 ? 'branch branch-top' : 'branch'} data-depth={Math.min(depth, DEEPEST)}>
      <StatusCard id={status.id} size="reply" badge={<Badge accountId={status.account.id} authorId={authorId} />} />
      {children.length > 0 && (
        <button
          class="branch-line"
          type="button"
          aria-expanded={!isFolded}
          aria-label={t('thread.fold', 'Replies to {name}', { name: nameOf(status.account) })}
          title={isFolded ? t('thread.show', 'Show the replies') : t('thread.hide', 'Fold the replies')}
          onClick={() => toggle(status.id)}
        />
      )}
      {isFolded ? (
        <button class="link-button branch-more" type="button" onClick={() => toggle(status.id)}>
          <Icon name="add" />
          {t(
            'thread.more',
            '{count, plural, one {# more reply} other {# more replies}} from {people, plural, one {# person} other {# people}}',
            { count, people },
          )}
        </button>
      ) : (
        children.map((child) => (
          <OneBranch key={child.status.id} branch={child} depth={depth + 1} authorId={authorId} />
        ))
      )}
    </div>
  )
}
