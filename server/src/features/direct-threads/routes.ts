import { emptyList, user } from '#platform/http'

export const routes = [emptyList('/api/v1/conversations', 'List your private threads', user('read:statuses'))]
