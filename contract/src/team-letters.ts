import type { Permission } from './permissions.ts'

/**
 * Letters that go to the team again and again, once an hour at most, and the permission that makes somebody a reader of
 * each. Whoever reads them can do without (mastodon-features 9, notification_emails).
 */
export const teamLetters = {
  reportsWait: 'manage_reports',
  appealsWait: 'manage_appeals',
  signUpsWait: 'manage_users',
  trendsWaiting: 'manage_taxonomies',
} as const satisfies Record<string, Permission>

export type TeamLetter = keyof typeof teamLetters

export const isTeamLetter = (kind: string): kind is TeamLetter => Object.hasOwn(teamLetters, kind)

/** Which of the letters that somebody's role makes them a reader of they get. */
export type TeamLetterWishes = Partial<Record<TeamLetter, boolean>>
