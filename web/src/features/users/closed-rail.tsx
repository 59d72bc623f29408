import { CLOSED_DOOR } from '@hamlet/contract/pages'
import type { IconName } from '../../../sprite.ts'
import { Brand } from '../../app/brand.tsx'
import { place } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { AccountChip } from '../accounts/chip.tsx'

const links = (): [string, IconName, string][] => [
  [CLOSED_DOOR, 'lock', t('closed.title', 'Your account')],
  ['/settings', 'settings', t('settings.title', 'Settings')],
]

const rows = () =>
  links().map(([href, icon, label]) => (
    <a
      key={href}
      class="rail-row"
      href={href}
      aria-current={place.value.path === href || place.value.path.startsWith(`${href}/`) ? 'page' : undefined}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </a>
  ))

/** The rail of whoever's account does not work now: why that is, the settings that are theirs, and the way out. */
export function ClosedRail() {
  return (
    <nav class="rail" aria-label={t('app.main', 'Main')}>
      <Brand size={32} />
      {rows()}
      <AccountChip />
    </nav>
  )
}

/** The same at the bottom of a phone. */
export function ClosedBar() {
  return (
    <nav class="phone-bar few" aria-label={t('app.main', 'Main')}>
      {links().map(([href, icon, label]) => (
        <a key={href} href={href} aria-current={place.value.path === href ? 'page' : undefined}>
          <Icon name={icon} />
          {label}
        </a>
      ))}
    </nav>
  )
}
