const READ = [
  'accounts',
  'blocks',
  'bookmarks',
  'collections',
  'favourites',
  'filters',
  'follows',
  'lists',
  'mutes',
  'notifications',
  'search',
  'statuses',
]
const WRITE = [
  'accounts',
  'blocks',
  'bookmarks',
  'collections',
  'conversations',
  'favourites',
  'filters',
  'follows',
  'lists',
  'media',
  'mutes',
  'notifications',
  'reports',
  'statuses',
]
const ADMIN = [
  'accounts',
  'reports',
  'domain_allows',
  'domain_blocks',
  'ip_blocks',
  'email_domain_blocks',
  'canonical_email_blocks',
]
/** What the deprecated `follow` scope stands for (mastodon-api, Scopes). */
const FOLLOW = ['blocks', 'follows', 'mutes'].flatMap((part) => [`read:${part}`, `write:${part}`])

/** Every scope an app may ask for. */
export const scopes: readonly string[] = [
  'profile',
  'read',
  ...READ.map((part) => `read:${part}`),
  'write',
  ...WRITE.map((part) => `write:${part}`),
  'follow',
  'push',
  'admin:read',
  ...ADMIN.map((part) => `admin:read:${part}`),
  'admin:write',
  ...ADMIN.map((part) => `admin:write:${part}`),
]

/** Reads a list of scopes separated by white space or `+`; undefined when one of them does not exist. */
export function readScopes(text: string): string[] | undefined {
  const asked = [...new Set(text.split(/[\s+]+/).filter((part) => part !== ''))]
  return asked.length > 0 && asked.every((scope) => scopes.includes(scope)) ? asked : undefined
}

/** True when the granted scopes cover the needed one; `a|b` means that either will do. */
export function hasScope(granted: readonly string[], needed: string): boolean {
  return needed.split('|').some((one) => holds(granted, one))
}

function holds(granted: readonly string[], needed: string): boolean {
  if (granted.includes(needed)) return true
  if (granted.includes('follow') && FOLLOW.includes(needed)) return true
  const parent = needed.slice(0, needed.lastIndexOf(':'))
  return parent !== '' && granted.includes(parent)
}
