import { Type } from 'typebox'
import { notFound } from '#lib/refusal'
import { route, user } from '#platform/http'
import { findUser } from '../store.ts'
import { readWebSettings } from '../web-settings.ts'

const preferencesRoute = route({
  method: 'GET',
  path: '/api/v1/preferences',
  summary: 'Show what you have set',
  access: user('read:accounts'),
  response: Type.Object({
    'posting:default:visibility': Type.String(),
    'posting:default:sensitive': Type.Boolean(),
    'posting:default:language': Type.Union([Type.String(), Type.Null()]),
    'posting:default:quote_policy': Type.String(),
    'reading:expand:media': Type.String(),
    'reading:expand:spoilers': Type.Boolean(),
    'reading:autoplay:gifs': Type.Boolean(),
  }),
  handle: async ({ ctx, viewer }) => {
    const person = await findUser(ctx, viewer.userId)
    if (!person) throw notFound()
    const reading = await readWebSettings(ctx, viewer.userId)
    return {
      'posting:default:visibility': person.default_privacy,
      'posting:default:sensitive': person.default_sensitive,
      'posting:default:language': person.default_language,
      'posting:default:quote_policy': person.default_quote_policy,
      'reading:expand:media': reading.media ?? 'default',
      'reading:expand:spoilers': reading.expandWarnings ?? false,
      'reading:autoplay:gifs': reading.autoplay === 'always',
    }
  },
})

export const preferenceRoutes = [preferencesRoute]
