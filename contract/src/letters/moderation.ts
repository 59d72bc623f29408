/** Letters about what moderators decided. */
export type ModerationLetters = {
  /** `decision` is what was done, `text` what the moderators wrote of it, `link` leads to the form of an appeal. */
  strike: { decision: string; text: string; link: string }
  /** To whoever reported: what came of it, and nothing that is private. `more` are left out; `link` leads to all of them. */
  reportOutcome: { outcomes: readonly { who: string; isActed: boolean }[]; more: number; link: string }
}
