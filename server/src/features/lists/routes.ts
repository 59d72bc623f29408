import { requireAccount } from '#features/accounts'
import { emptyList, user } from '#platform/http'

export const routes = [
  emptyList('/api/v1/lists', 'List your lists', user('read:lists')),
  emptyList('/api/v1/accounts/:id/lists', 'List your lists that hold an account', user('read:lists'), requireAccount),
]
