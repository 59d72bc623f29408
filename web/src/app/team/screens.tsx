import type { ComponentType } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import { useEffect } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { Empty } from '../../ui/parts.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { ColumnHead } from '../column.tsx'
import { navigate } from '../router.ts'
import { may } from '../session.ts'
import { openPlaces, placeOf } from './places.ts'

/** Every screen of the team takes the path, and reads what lies below its own place from it. */
type TeamScreenType = ComponentType<{ path: string }>

const screens: Record<string, TeamScreenType> = {
  '/admin': lazy(() => import('../../features/admin/overview-page.tsx').then((module) => module.OverviewPage)),
  '/admin/delivery': lazy(() => import('../../features/admin/delivery-page.tsx').then((module) => module.DeliveryPage)),
  '/moderation': lazy(() => import('../../features/moderation/moderation.tsx').then((module) => module.Moderation)),
  '/moderation/gates': lazy(() => import('../../features/gates/gates.tsx').then((module) => module.SignUpGates)),
  '/moderation/servers': lazy(() =>
    import('../../features/servers/servers-page.tsx').then((module) => module.ServersPage),
  ),
  '/moderation/lists': lazy(() =>
    import('../../features/servers/lists-page.tsx').then((module) => module.ServerListsPage),
  ),
  '/moderation/held': lazy(() => import('../../features/rules/held.tsx').then((module) => module.HeldPosts)),
  '/moderation/rules': lazy(() => import('../../features/rules/rules.tsx').then((module) => module.ContentRules)),
  '/moderation/invites': lazy(() =>
    import('../../features/joining/team-invites.tsx').then((module) => module.TeamInvites),
  ),
  '/admin/emojis': lazy(() =>
    import('../../features/emojis/team/team-page.tsx').then((module) => module.EmojiTeamPage),
  ),
  '/admin/mail': lazy(() => import('../../features/mail/mail-page.tsx').then((module) => module.MailPage)),
  '/admin/webhooks': lazy(() =>
    import('../../features/webhooks/webhooks-page.tsx').then((module) => module.WebhooksPage),
  ),
  '/admin/relays': lazy(() => import('../../features/servers/relays-page.tsx').then((module) => module.RelaysPage)),
  '/admin/trends': lazy(() => import('../../features/trends/trends-page.tsx').then((module) => module.TrendsPage)),
  '/admin/log': lazy(() => import('../../features/log/log-page.tsx').then((module) => module.LogPage)),
  '/admin/roles': lazy(() => import('../../features/roles/roles-page.tsx').then((module) => module.RolesPage)),
  '/admin/ways': lazy(() => import('../../features/measures/ways-page.tsx').then((module) => module.WaysPage)),
  '/moderation/accounts': lazy(() =>
    import('../../features/measures/accounts-page.tsx').then((module) => module.AccountsPage),
  ),
  '/admin/settings': lazy(() =>
    import('../../features/site/settings-page.tsx').then((module) => module.SiteSettingsPage),
  ),
  '/admin/texts': lazy(() => import('../../features/site/texts-page.tsx').then((module) => module.TextsPage)),
  '/admin/house-rules': lazy(() =>
    import('../../features/site/rules-page.tsx').then((module) => module.HouseRulesPage),
  ),
  '/admin/joining': lazy(() => import('../../features/joining/joining-page.tsx').then((module) => module.JoiningPage)),
  '/moderation/announcements': lazy(() =>
    import('../../features/announcements/team-page.tsx').then((module) => module.TeamAnnouncementsPage),
  ),
}

/** The screen of a path below /moderation or /admin, where this person may see it. */
export function TeamScreen({ path }: { path: string }) {
  const place = placeOf(path)
  const Screen = place && screens[place.path]
  const isAllowed = place?.permission.some(may) ?? false
  const first = openPlaces()[0]?.path
  const leads = path === '/moderation' && !isAllowed && first !== undefined
  useEffect(() => {
    if (leads) navigate(first, { replace: true })
  }, [leads])
  if (!Screen || !isAllowed) return leads ? <Skeleton /> : <Closed />
  return (
    <Suspense fallback={<Skeleton />}>
      <Screen path={path} />
    </Suspense>
  )
}

function Closed() {
  return (
    <>
      <ColumnHead title={t('team.closed', 'Not for you')} />
      <div class="sheet column-sheet">
        <Empty title={t('team.closedTitle', 'This page is not for your role')}>
          {t('team.closedText', 'Whoever gives out the roles here can change that.')}
        </Empty>
      </div>
    </>
  )
}
