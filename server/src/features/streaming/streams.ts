import { hasScope } from '@hamlet/contract/scopes'
import { normaliseTagName } from '@hamlet/contract/text'
import { isId, type Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Asked, UserViewer } from '#platform/http'

/** Every stream, and what it takes beside its name (mastodon-api 1.22). */
const parameters: Record<string, 'tag' | 'list' | undefined> = {
  user: undefined,
  'user:notification': undefined,
  public: undefined,
  'public:media': undefined,
  'public:local': undefined,
  'public:local:media': undefined,
  'public:remote': undefined,
  'public:remote:media': undefined,
  hashtag: 'tag',
  'hashtag:local': 'tag',
  list: 'list',
  direct: undefined,
}

/** Addresses for server-sent events. */
export const paths: Record<string, string> = Object.fromEntries(
  [
    'user',
    'user/notification',
    'public',
    'public/local',
    'public/remote',
    'hashtag',
    'hashtag/local',
    'list',
    'direct',
  ].map((path) => [`/api/v1/streaming/${path}`, path.replace('/', ':')]),
)

/** One person at one stream. Presenters say which of these hear what. */
export type Hearing = {
  /** Tells hearings apart. */
  key: string
  name: string
  /** The tag or list. */
  param?: string
  accountId: Id
  /** The stream's name as messages carry it. */
  stream: readonly string[]
  hearsNotifications: boolean
}

/** Reads what a client asks for; refuses what there is not, and what its token may not hear. */
export function readHearing(viewer: UserViewer, asked: Asked): Hearing {
  const named = typeof asked.stream === 'string' ? asked.stream : ''
  const isMedia = named.startsWith('public') && !named.endsWith(':media') && isOn(asked.only_media)
  const name = isMedia ? `${named}:media` : named
  if (!Object.hasOwn(parameters, name)) throw new Refusal('badRequest', 'Unknown stream type')
  const scope = name === 'user:notification' ? 'read:notifications' : 'read:statuses'
  if (!hasScope(viewer.scopes, scope))
    throw new Refusal('unauthorized', 'Access token does not have the required scopes')
  const param = readParameter(parameters[name], asked)
  const hearsNotifications = hasScope(viewer.scopes, 'read:notifications')
  return {
    key: JSON.stringify([name, param, viewer.accountId, hearsNotifications]),
    name,
    ...(param === undefined ? {} : { param }),
    accountId: viewer.accountId,
    stream: param === undefined ? [name] : [name, param],
    hearsNotifications,
  }
}

function readParameter(kind: 'tag' | 'list' | undefined, asked: Asked): string | undefined {
  if (kind === 'tag') {
    const tag = typeof asked.tag === 'string' ? normaliseTagName(asked.tag) : ''
    if (tag === '' || tag.length > 200) throw new Refusal('badRequest', 'No tag for stream provided')
    return tag
  }
  if (kind === 'list') {
    if (!isId(asked.list)) throw new Refusal('badRequest', 'No list for stream provided')
    return asked.list
  }
  return undefined
}

const isOn = (value: unknown) => value === true || value === 'true' || value === '1'
