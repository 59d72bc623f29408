import { accounts } from '#features/accounts'
import { admin } from '#features/admin'
import { announcements } from '#features/announcements'
import { archives } from '#features/archives'
import { audit } from '#features/audit'
import { cards } from '#features/cards'
import { directThreads } from '#features/direct-threads'
import { discovery } from '#features/discovery'
import { domains } from '#features/domains'
import { emojis } from '#features/emojis'
import { featured } from '#features/featured'
import { filters } from '#features/filters'
import { gates } from '#features/gates'
import { instance } from '#features/instance'
import { interactions } from '#features/interactions'
import { letters } from '#features/letters'
import { lists } from '#features/lists'
import { media } from '#features/media'
import { moderation } from '#features/moderation'
import { moves } from '#features/moves'
import { notifications } from '#features/notifications'
import { oauth } from '#features/oauth'
import { polls } from '#features/polls'
import { profiles } from '#features/profiles'
import { relationships } from '#features/relationships'
import { remoteInteraction } from '#features/remote-interaction'
import { isPermission, roles } from '#features/roles'
import { search } from '#features/search'
import { setUp } from '#features/set-up'
import { settings } from '#features/settings'
import { statuses } from '#features/statuses'
import { streaming } from '#features/streaming'
import { tags } from '#features/tags'
import { timelines } from '#features/timelines'
import { users } from '#features/users'
import { visibility } from '#features/visibility'
import { webhooks } from '#features/webhooks'
import { bringVillage } from './demo/village.ts'
import { packAsked } from './take-out.ts'
import { eraseEmptiedAccount, eraseGoneAccount, purgeServerData } from './leaving.ts'
import { federation } from './ports.ts'
import { platformSchedules, type JobKind, type Schedule } from '#platform/jobs'
import type { Room } from '#platform/room'

/** Every room, highest rank first: the order in which leaving is done. */
export const rooms: readonly Room[] = [
  setUp,
  instance,
  notifications,
  archives,
  webhooks,
  admin,
  moderation,
  announcements,
  discovery,
  featured,
  directThreads,
  search,
  remoteInteraction,
  timelines,
  statuses,
  streaming,
  oauth,
  interactions,
  moves,
  polls,
  users,
  cards,
  lists,
  filters,
  profiles,
  visibility,
  relationships,
  tags,
  accounts,
  emojis,
  media,
  domains,
  gates,
  letters,
  settings,
  roles,
  audit,
]

/** All regular work of the house. */
export function schedules(): readonly Schedule[] {
  return [...platformSchedules, ...federation.schedules, ...rooms.flatMap((room) => room.schedules)]
}

/** Every kind of job by name; two kinds of one name are a mistake. */
export function jobKinds(): ReadonlyMap<string, JobKind<unknown>> {
  const kinds = [
    ...rooms.flatMap((room) => room.jobs),
    ...federation.jobs,
    eraseEmptiedAccount,
    eraseGoneAccount,
    packAsked,
    purgeServerData,
    bringVillage,
    ...schedules().map((schedule) => schedule.job),
  ] as unknown as JobKind<unknown>[]
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  if (byName.size !== kinds.length) throw new Error('Two kinds of job have the same name')
  return byName
}

/** Laws that only the assembled house can check (architecture 3); a house that breaks one does not start. */
export function checkRooms(all: readonly Room[] = rooms): void {
  for (const room of all) {
    for (const hook of ['erase', 'takeout'] as const) {
      if (!room[hook]) throw new Error(`The room ${room.name} has no ${hook}: give it one, or none('why')`)
    }
    for (const route of room.routes) {
      const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] as string)
      const params: { properties?: object } = route.params ?? {}
      const described = Object.keys(params.properties ?? {})
      const isWhole = route.access && route.response && names.every((name) => described.includes(name))
      if (!isWhole)
        throw new Error(`${route.method} ${route.path} lacks a scope, a response schema or a schema for its path`)
      const permission = route.access.kind === 'user' ? route.access.permission : undefined
      const isTeams = route.access.kind === 'user' && route.access.scope.startsWith('admin:')
      if (isTeams && !isPermission(permission ?? ''))
        throw new Error(`${route.method} ${route.path} is for the team, and says no permission of a role`)
    }
  }
}
