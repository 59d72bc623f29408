import { anyone, emptyList } from '#platform/http'

export const routes = [emptyList('/api/v1/custom_emojis', 'List custom emoji', anyone)]
