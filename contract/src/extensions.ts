/**
 * What this server answers beside Mastodon's API, as `/api/v2/instance` announces it under `configuration.hamlet.extensions`.
 * Routes of our own live below `/api/hamlet/v1/`; members that we add to Mastodon's entities live under `hamlet`.
 * Apps that do not know them are not disturbed. Each is described in docs/api.md.
 */
export const extensions = [
  'status_deliveries',
  'home_reasons',
  'reading_place',
  'filter_test',
  'direct_threads',
  'timed_thread_mutes',
  'surge_pause',
  'push_test',
  'hold_for',
  'drafts',
  'threads',
  'audience_preview',
  'media_recall',
  'own_reports',
  'own_sessions',
  'own_applications',
  'security',
  'password_change',
  'email_change',
  'web_settings',
  'exports',
  'invites',
  'thread_fetch',
  'reply_policy',
] as const
export type Extension = (typeof extensions)[number]
