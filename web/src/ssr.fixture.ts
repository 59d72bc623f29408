import type { Site } from '@hamlet/contract/pages'

/** What people wrote is in another script here, so that whatever Latin letters a page shows are its own words. */
export const site: Site = {
  title: 'Гавань',
  domain: 'гавань.рф',
  url: 'https://гавань.рф',
  description: 'Здесь тихо',
  registrationsOpen: true,
  memberCount: 12,
  cover: null,
  icon: null,
}
export const account = {
  id: '1',
  username: 'ира',
  acct: 'ира',
  display_name: 'Ира',
  avatar: '/a.png',
  header: '/h.png',
  note: '<p>О себе</p>',
  fields: [{ name: 'Поле', value: '7', verified_at: null }],
  emojis: [],
  url: 'https://гавань.рф/@ира',
  uri: 'https://гавань.рф/ap/1',
  created_at: '2026-03-01T00:00:00.000Z',
  statuses_count: 3,
  following_count: 1,
  followers_count: 2000,
  indexable: true,
  suspended: false,
}
let serial = 0
export const post = (change: object = {}) => {
  serial += 1
  return {
    id: String(serial),
    account,
    content: '<p>Привет</p>',
    created_at: '2026-11-20T10:00:00.000Z',
    edited_at: '2026-11-20T11:00:00.000Z',
    url: `https://гавань.рф/@ира/${serial}`,
    uri: `https://гавань.рф/ap/${serial}`,
    spoiler_text: '',
    sensitive: false,
    visibility: 'public',
    language: 'ru',
    emojis: [],
    mentions: [],
    tags: [],
    media_attachments: [],
    card: null,
    poll: null,
    quote: null,
    replies_count: 1,
    reblogs_count: 2,
    favourites_count: 3,
    ...change,
  }
}
export const picture = { id: '9', type: 'image', url: '/9.png', preview_url: '/9s.png', description: null, meta: {} }
export const file = { ...picture, id: '8', preview_url: null }
export const poll = {
  expires_at: '2026-11-21T10:00:00.000Z',
  expired: true,
  multiple: false,
  votes_count: 4,
  voters_count: 4,
  emojis: [],
  own_votes: [0],
  options: [
    { title: 'Да', votes_count: 3 },
    { title: 'Нет', votes_count: 1 },
  ],
}
export const openPoll = {
  ...poll,
  expires_at: '2126-01-01T10:00:00.000Z',
  expired: false,
  options: [{ title: 'Да', votes_count: null }],
}
