import { all, type MakePress } from './press.ts'

const days = { start_at: '2026-11-01', end_at: '2026-11-03' }

/** What those who run the server ask of it, and do about its queues. */
export function overviewPresses(): Record<string, MakePress> {
  const byOwner = (path: string, json?: Record<string, unknown>, route = path): [string, MakePress] => [
    `POST ${route}`,
    ({ owner }) =>
      Promise.resolve({ path, caller: { token: owner.token, ...(json ? { json } : {}) }, gives: all(200) }),
  ]
  const queue = '/api/web/admin/delivery'
  return Object.fromEntries([
    byOwner('/api/v1/admin/measures', { keys: ['new_users'], ...days }),
    byOwner('/api/v1/admin/dimensions', { keys: ['servers'], ...days }),
    byOwner('/api/v1/admin/retention', { frequency: 'day', ...days }),
    ...['retry', 'drop'].flatMap((verb) => [
      byOwner(`${queue}/servers/far.example/${verb}`, undefined, `${queue}/servers/:host/${verb}`),
      byOwner(`${queue}/jobs/users.mail-password/${verb}`, undefined, `${queue}/jobs/:kind/${verb}`),
    ]),
  ])
}
