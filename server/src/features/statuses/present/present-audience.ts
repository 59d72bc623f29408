import type { AudiencePreview } from '@hamlet/contract/audience'
import type { Audience } from '../audience.ts'

/** Whom a post would reach, as the page that is writing it is told. */
export function presentAudience({ notified, ...counts }: Audience): AudiencePreview {
  return {
    ...counts,
    notified: notified.map(({ id, username, host, is_local, display_name }) => ({
      id,
      username,
      acct: is_local ? username : `${username}@${host}`,
      display_name,
    })),
  }
}
