/** Purpose: what this server says of itself: instance and rules. Owns: site_pictures. */
import { defineRoom, none } from '#platform/room'
import { pages } from './pages.ts'
import { aboutRoutes } from './routes/about.ts'
import { elsewhereRoutes } from './routes/elsewhere.ts'
import { manifestRoutes } from './routes/manifest.ts'
import { networkRoutes } from './routes/network.ts'
import { routes } from './routes/show.ts'
import { mailTerms, tellOfTerms } from './tell-terms.ts'
import { pictureSchedules } from './pictures.ts'
import { teamPictureRoutes } from './routes/team-pictures.ts'
import { teamTextRoutes } from './routes/team-texts.ts'
import { teamRuleRoutes } from './routes/team-rules.ts'
import { teamSettingsRoutes } from './routes/team-settings.ts'
import { textRoutes } from './routes/texts.ts'

export { VERSION } from './present.ts'
export { tellOfTerms } from './tell-terms.ts'
export { loadSite } from './site.ts'

export const instance = defineRoom({
  name: 'instance',
  routes: [
    ...routes,
    ...aboutRoutes,
    ...textRoutes,
    ...networkRoutes,
    ...elsewhereRoutes,
    ...manifestRoutes,
    ...teamSettingsRoutes,
    ...teamRuleRoutes,
    ...teamTextRoutes,
    ...teamPictureRoutes,
  ],
  pages,
  jobs: [mailTerms, tellOfTerms],
  schedules: pictureSchedules,
  erase: none('pictures belong to the server'),
  takeout: none('pictures belong to the server'),
})
