import { teamLetters } from '@hamlet/contract/team-letters'
import { Type } from 'typebox'
import { route, user } from '#platform/http'
import { transact } from '#platform/context'
import { changeTeamLetters, readTeamLetters } from '../team/letters.ts'

const Wishes = Type.Partial(
  Type.Object(Object.fromEntries(Object.keys(teamLetters).map((letter) => [letter, Type.Boolean()]))),
)

export const teamLetterRoutes = [
  route({
    method: 'GET',
    path: '/api/web/team_letters',
    summary: 'Say which letters to the team you get; only those that your role makes you a reader of',
    access: user('read:accounts'),
    response: Wishes,
    handle: ({ ctx, viewer }) => readTeamLetters(ctx, viewer.userId),
  }),
  route({
    method: 'PATCH',
    path: '/api/web/team_letters',
    summary: 'Choose which letters to the team you get; what is not named stays',
    access: user('write:accounts'),
    body: Wishes,
    response: Wishes,
    handle: async ({ ctx, viewer, body }) => {
      await transact(ctx, (tx) => changeTeamLetters(tx, viewer.userId, body))
      return readTeamLetters(ctx, viewer.userId)
    },
  }),
]
