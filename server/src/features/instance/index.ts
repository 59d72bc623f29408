/** Purpose: what this server says of itself: instance and rules. Owns no table yet. */
import { defineRoom, none } from '#platform/room'
import { pages } from './pages.ts'
import { aboutRoutes } from './routes/about.ts'
import { elsewhereRoutes } from './routes/elsewhere.ts'
import { manifestRoutes } from './routes/manifest.ts'
import { networkRoutes } from './routes/network.ts'
import { routes } from './routes/show.ts'
import { textRoutes } from './routes/texts.ts'

export { VERSION } from './present.ts'
export { loadSite } from './site.ts'

export const instance = defineRoom({
  name: 'instance',
  routes: [...routes, ...aboutRoutes, ...textRoutes, ...networkRoutes, ...elsewhereRoutes, ...manifestRoutes],
  pages,
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
