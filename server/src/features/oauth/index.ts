/**
 * Purpose: apps, what people let them do, and their tokens. Owns: oauth_applications, oauth_grants, oauth_tokens.
 * Events: tokenRevoked.
 */
import { defineJob } from '#platform/jobs'
import { defineRoom } from '#platform/room'
import { pruneApplications } from './applications.ts'
import { pages } from './authorise.ts'
import { pruneGrants } from './grants.ts'
import { eraseTokens, takeOutTokens } from './leaving.ts'
import { profileRoutes } from './routes/profile.ts'
import { revokeTokensOf } from './revoke.ts'
import { ownAppRoutes } from './routes/own-apps.ts'
import { routes } from './routes/apps.ts'
import { tokenRoutes } from './routes/tokens.ts'

export { authenticate } from './authenticate.ts'
export { createToken } from './create-token.ts'
export { createApplication, findApplicationNames } from './applications.ts'
export { revokeTokensOf, tokenRevoked } from './revoke.ts'

const prune = defineJob<Record<string, never>>({
  name: 'oauth.prune',
  class: 'slow',
  run: async (ctx) => {
    await pruneGrants(ctx)
    await pruneApplications(ctx)
  },
})

export { changeProfile, ProfileBody, profileUpload } from './routes/profile.ts'

export const oauth = defineRoom({
  name: 'oauth',
  routes: [...routes, ...tokenRoutes, ...profileRoutes, ...ownAppRoutes],
  pages,
  jobs: [revokeTokensOf],
  schedules: [{ job: prune, everySeconds: 24 * 3_600 }],
  erase: eraseTokens,
  takeout: takeOutTokens,
})
