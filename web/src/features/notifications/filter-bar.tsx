import { t, amount } from '../../i18n/words.ts'
import { Menu } from '../../ui/menu.tsx'
import { Icon } from '../../ui/parts.tsx'
import { navigate } from '../../app/router.ts'
import { listFilters, type FilterName } from './kinds.tsx'
import { unreadMentions } from './unread.ts'

/** So many stand in the row; the others are behind its last button. */
const SHOWN = 6

type BarProps = { current: FilterName; choose: (name: FilterName) => void }

export function FilterBar({ current, choose }: BarProps) {
  const filters = listFilters()
  const more = filters.slice(SHOWN)
  const chosen = more.find((filter) => filter.name === current)
  return (
    <fieldset class="chips notice-filters">
      <legend class="visually-hidden">{t('notify.which', 'Which notifications')}</legend>
      {[...filters.slice(0, SHOWN), ...(chosen ? [chosen] : [])].map(({ name, label }) => (
        <button
          key={name}
          class={name === current ? 'chip chip-on' : 'chip'}
          type="button"
          aria-pressed={name === current}
          onClick={() => choose(name)}
        >
          {label}
          {name === 'mentions' && unreadMentions.value > 0 && (
            <span class="chip-count">
              {amount(unreadMentions.value)}
              <span class="visually-hidden"> {t('notify.unread', 'unread')}</span>
            </span>
          )}
        </button>
      ))}
      <Menu
        label={t('notify.moreFilters', 'More filters')}
        class="chip"
        items={[
          ...more.map(({ name, label }) => ({ label, isChosen: name === current, run: () => choose(name) })),
          {
            label: t('notify.requests', 'Requests'),
            isChosen: false,
            run: () => navigate('/notifications/requests'),
          },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </fieldset>
  )
}
