import type { FeedReason, Status } from '@hamlet/contract/status'
import type { IconName } from '../../../../sprite.ts'
import { showsCounts } from '../../../app/reading.ts'
import { me } from '../../../app/session.ts'
import { fetchTouch, touch } from '../../../app/touched.ts'
import { amount, t } from '../../../i18n/words.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Icon } from '../../../ui/parts.tsx'
import { canBoost, copyLink, toggleBookmark, toggleBoost, toggleFavourite } from '../acts.ts'
import { answer } from '../replies/answer.ts'

type ActProps = {
  icon: IconName
  label: string
  count?: number | undefined
  isOn?: boolean
  tone?: 'boost' | 'fav' | 'accent'
  run: () => void
}

/** The count is part of the button's name, or a screen reader would read one thing and show another. */
function Act({ icon, label, count, isOn, tone, run }: ActProps) {
  const shown = count ? amount(count, { notation: 'compact' }) : ''
  return (
    <button
      type="button"
      class={`act ${isOn ? `act-on act-${tone ?? 'accent'}` : ''}`}
      aria-pressed={isOn}
      aria-label={shown ? `${label} ${shown}` : label}
      title={label}
      onClick={run}
    >
      <Icon name={icon} />
      <span aria-hidden="true">{shown}</span>
    </button>
  )
}

/** Nothing to wait for once it is here. */
const fetchMore = () => (touch.peek() ? undefined : fetchTouch())

type ActionsProps = { status: Status; withCounts: boolean; reason: FeedReason | undefined }

export function Actions({ status, withCounts, reason }: ActionsProps) {
  const isShown = withCounts && showsCounts(status.account.id === me.value.id)
  const count = (value: number) => (isShown ? value : undefined)
  return (
    <div class="acts">
      <Act
        icon="reply"
        label={t('statuses.reply', 'Reply')}
        count={count(status.replies_count)}
        run={() => answer(status)}
      />
      {canBoost(status) ? (
        <Act
          icon="boost"
          label={t('statuses.boost', 'Boost')}
          count={count(status.reblogs_count)}
          isOn={status.reblogged ?? false}
          tone="boost"
          run={() => void toggleBoost(status)}
        />
      ) : (
        <span class="act act-none" />
      )}
      <Act
        icon="favourite"
        label={t('statuses.favourite', 'Favourite')}
        count={count(status.favourites_count)}
        isOn={status.favourited ?? false}
        tone="fav"
        run={() => void toggleFavourite(status)}
      />
      <span class="acts-gap" />
      <Act
        icon="bookmark"
        label={t('statuses.bookmark', 'Bookmark')}
        isOn={status.bookmarked ?? false}
        run={() => void toggleBookmark(status)}
      />
      <Act icon="share" label={t('statuses.copyLink', 'Copy link')} run={() => void copyLink(status)} />
      <Menu
        label={t('statuses.more', 'More')}
        class="act"
        items={() => touch.peek()?.moreItems(status, reason) ?? []}
        before={fetchMore}
      >
        <Icon name="more" />
      </Menu>
    </div>
  )
}
