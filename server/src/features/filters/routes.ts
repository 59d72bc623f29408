import { emptyList, user } from '#platform/http'

export const routes = [
  emptyList('/api/v2/filters', 'List your filters', user('read:filters')),
  emptyList('/api/v1/filters', 'List your filters, in the older form', user('read:filters')),
]
