/** Letters about what moderators decided. */
export type ModerationLetters = {
  /**
   * A statement of reasons. `decision` is what was done, `text` what the moderators wrote of it, `rules` and `posts` what it
   * rests on (a line each), `until` when it ends by itself (ISO, or empty), `cause` whether somebody reported it, `automated`
   * that no person decided it (or empty), `link` leads to the form of an appeal, for so many `days`.
   */
  strike: {
    decision: string
    text: string
    rules: string
    posts: string
    until: string
    cause: string
    automated: string
    link: string
    days: number
  }
  /** What was decided for a time is over. */
  strikeEnded: { decision: string }
  /** A decision was taken back without an appeal. */
  strikeUndone: { decision: string }
  appealApproved: { decision: string; text: string }
  appealRejected: { decision: string; text: string }
  /** To the team: how many came in the last hour, and how many wait in all. */
  reportsWait: { fresh: number; count: number; link: string }
  appealsWait: { fresh: number; count: number; link: string }
  /** To whoever reported: what came of it, and nothing that is private. `more` are left out; `link` leads to all of them. */
  reportOutcome: { outcomes: readonly { who: string; isActed: boolean }[]; more: number; link: string }
}
