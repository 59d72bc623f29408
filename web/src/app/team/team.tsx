import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { AccountChip } from '../../features/accounts/chip.tsx'
import { Brand } from '../brand.tsx'
import '../../styles/team.css'
import { openGroups, placeOf } from './places.ts'

export { TeamScreen } from './screens.tsx'

/** The rail of the team (pictures 13, 14); on a phone a row of places above the page. */
export function TeamRail({ path }: { path: string }) {
  const current = placeOf(path)?.path
  return (
    <nav class="rail team-rail" aria-label={t('team.rail', 'Moderation and administration')}>
      <Brand size={28} />
      <a class="rail-row" href="/home" title={t('team.backHome', 'Back to Home')}>
        <Icon name="back" />
        <span>{t('team.backHome', 'Back to Home')}</span>
      </a>
      {openGroups().map((group) => (
        <section key={group.label} class="team-group">
          <h2 class="team-group-name">{group.label}</h2>
          {group.places.map((place) => (
            <a
              key={place.path}
              class="rail-row"
              href={place.path}
              title={place.label}
              aria-current={current === place.path ? (path === place.path ? 'page' : 'true') : undefined}
            >
              <Icon name={place.icon} />
              <span>{place.label}</span>
            </a>
          ))}
        </section>
      ))}
      <AccountChip />
    </nav>
  )
}
