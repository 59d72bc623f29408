import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { Item } from './kinds.tsx'
import { standingWords } from './words.ts'

type RowProps = {
  item: Item
  isChosen: boolean
  toggle: () => void
  decide: (verdict: Verdict) => void
  decideAuthor: (verdict: Verdict) => void
}

type Verdict = 'approve' | 'reject'

/** One thing that is talked about. The whole row leads to it; the tick chooses. */
export function TrendRow({ item, isChosen, toggle, decide, decideAuthor }: RowProps) {
  const { name, href, about, requires_review: isWaiting, trendable } = item
  const outside = href.startsWith('https:') ? { target: '_blank', rel: 'nofollow noopener noreferrer' } : {}
  return (
    <article class="queue-row trend-row" data-id={item.id}>
      <input
        type="checkbox"
        aria-label={t('trends.select', 'Select {name}', { name })}
        checked={isChosen}
        onChange={toggle}
      />
      <span class="queue-who">
        <a class="queue-open" href={href} {...outside}>
          <strong dir="auto">{name}</strong>
        </a>
        <span class="queue-excerpt" dir="auto">
          {about}
        </span>
      </span>
      <span class={isWaiting ? 'trend-state trend-state-waits' : 'trend-state'}>{standingWords(item)}</span>
      <span class="trend-acts">
        <button
          class="button button-outline button-small"
          type="button"
          aria-label={t('trends.rejectNamed', 'Reject {name}', { name })}
          aria-pressed={!isWaiting && trendable === false}
          onClick={() => decide('reject')}
        >
          {t('trends.reject', 'Reject')}
        </button>
        <button
          class="button button-outline button-small"
          type="button"
          aria-label={t('trends.approveNamed', 'Approve {name}', { name })}
          aria-pressed={!isWaiting && trendable === true}
          onClick={() => decide('approve')}
        >
          {t('trends.approve', 'Approve')}
        </button>
        {item.author && <AuthorMenu name={name} decide={decideAuthor} />}
      </span>
    </article>
  )
}

function AuthorMenu({ name, decide }: { name: string; decide: (verdict: Verdict) => void }) {
  return (
    <Menu
      label={t('trends.allOf', 'All posts of {name}', { name })}
      items={[
        { label: t('trends.approveAll', 'Approve all their posts'), icon: 'shown', run: () => decide('approve') },
        { label: t('trends.rejectAll', 'Reject all their posts'), icon: 'hidden', run: () => decide('reject') },
      ]}
    >
      <Icon name="more" />
    </Menu>
  )
}
