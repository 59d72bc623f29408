import { signal } from '@preact/signals'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Icon } from '../../ui/parts.tsx'
import { usualView, type ViewOptions } from './arrange.ts'

const nameOf = () => `hamlet-view-${me.peek().id}`
const chosen = signal<ViewOptions | undefined>(undefined)

/** What this person wants to see of home, on this device. */
export function viewOptions(): ViewOptions {
  if (chosen.value) return chosen.value
  try {
    return { ...usualView, ...(JSON.parse(localStorage.getItem(nameOf()) ?? '{}') as Partial<ViewOptions>) }
  } catch {
    return usualView
  }
}

function change(part: Partial<ViewOptions>): void {
  chosen.value = { ...viewOptions(), ...part }
  localStorage.setItem(nameOf(), JSON.stringify(chosen.value))
}

/** The menu in the title row of home: each line says what will be shown. */
export function ViewMenu() {
  const view = viewOptions()
  const items: MenuItem[] = [
    {
      label: t('timelines.showBoosts', 'Boosts'),
      isChecked: view.boosts === 'all',
      run: () => change({ boosts: view.boosts === 'all' ? 'none' : 'all' }),
    },
    {
      label: t('timelines.showReplies', 'Replies to others'),
      isChecked: view.replies === 'all',
      run: () => change({ replies: view.replies === 'all' ? 'none' : 'all' }),
    },
    { label: t('timelines.showQuotes', 'Quotes'), isChecked: view.quotes, run: () => change({ quotes: !view.quotes }) },
    {
      label: t('timelines.onlyMedia', 'Only posts with media'),
      isChecked: view.onlyMedia,
      run: () => change({ onlyMedia: !view.onlyMedia }),
    },
    {
      label: t('timelines.grouped', 'Threads as one card'),
      isChecked: view.grouped,
      run: () => change({ grouped: !view.grouped }),
    },
  ]
  return (
    <Menu label={t('timelines.view', 'What is shown here')} class="icon-button" items={items}>
      <Icon name="options" />
    </Menu>
  )
}
