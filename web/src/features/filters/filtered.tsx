import type { Status } from '@hamlet/contract/status'
import type { JSX } from 'preact'
import { listed, rich, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { foldHere, isFolded, toggleFold } from './fold.ts'

type FaceProps = { status: Status; size: string; position?: number | undefined }

/**
 * What stands in a list in place of a post that a filter catches: nothing for a hidden one, one line for a folded one.
 * Undefined when the post is to be drawn as it is.
 */
export function filteredFace({ status, ...rest }: FaceProps): JSX.Element | null | undefined {
  const fold = foldHere(status)
  if (fold?.action === 'hide') return null
  return fold && isFolded(status) ? <Folded status={status} titles={fold.titles} {...rest} /> : undefined
}

function Folded({ status, titles, size, position }: FaceProps & { titles: readonly string[] }) {
  const name = nameOf(status.account)
  const words = listed(titles)
  return (
    <article
      class={`card card-${size} card-folded`}
      aria-label={t('filters.foldedPost', 'Post by {name}, filtered: {words}', { name, words })}
      tabIndex={-1}
      data-id={status.id}
      {...(position === undefined ? {} : { 'aria-posinset': position, 'aria-setsize': -1 })}
    >
      <Icon name="filter" />
      <p>
        {rich('filters.folded', 'Filtered: {words}', {
          words: (
            <strong>
              <bdi>{words}</bdi>
            </strong>
          ),
        })}
        {' · '}
        <bdi>{name}</bdi>
      </p>
      <button
        class="button button-outline button-small card-open"
        type="button"
        aria-expanded={false}
        onClick={() => toggleFold(status.id)}
      >
        {t('filters.show', 'Show')}
      </button>
    </article>
  )
}

/** Above a folded post that was opened: which filter caught it, and the way back. */
export function UnfoldedLine({ status }: Pick<FaceProps, 'status'>) {
  const fold = foldHere(status)
  if (fold?.action !== 'warn') return null
  return (
    <p class="card-context">
      <Icon name="filter" small />
      <span>
        {rich('filters.folded', 'Filtered: {words}', { words: <bdi>{listed(fold.titles)}</bdi> })}
        {' · '}
        <button class="link-button" type="button" aria-expanded onClick={() => toggleFold(status.id)}>
          {t('filters.foldAgain', 'Fold')}
        </button>
      </span>
    </p>
  )
}
