import { ColumnHead } from '../../app/column.tsx'
import { isOfTeam } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { PolicySection } from './policy-section.tsx'
import { PushSection } from './push-section.tsx'
import { TeamLettersSection } from './team-letters.tsx'

/** Who reaches a person, and what wakes this browser. Everything is saved as it is chosen. */
export function NotificationSettingsPage() {
  return (
    <>
      <ColumnHead title={t('notify.title', 'Notifications')} back />
      <PushSection />
      <PolicySection />
      {isOfTeam() && <TeamLettersSection />}
    </>
  )
}
