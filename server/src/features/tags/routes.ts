import { requireAccount } from '#features/accounts'
import { emptyList, reader, user } from '#platform/http'

export const routes = [
  emptyList('/api/v1/followed_tags', 'List the hashtags that you follow', user('follow|read:follows')),
  emptyList('/api/v1/featured_tags', 'List the hashtags on your profile', user('read:accounts')),
  emptyList('/api/v1/featured_tags/suggestions', 'Propose hashtags for your profile', user('read:accounts')),
  emptyList(
    '/api/v1/accounts/:id/featured_tags',
    'List the hashtags on a profile',
    reader('read:accounts'),
    requireAccount,
  ),
]
