/** Purpose: apps and their tokens. Owns: oauth_applications, oauth_tokens. Events: none yet. */
import { defineRoom } from '#platform/room'
import { eraseTokens, takeOutTokens } from './leaving.ts'
import { routes } from './routes.ts'

export { authenticate } from './authenticate.ts'
export { createToken } from './create-token.ts'
export { createApplication, findApplicationNames } from './applications.ts'

export const oauth = defineRoom({ name: 'oauth', routes, erase: eraseTokens, takeout: takeOutTokens })
