/** Letters about what moderators decided. */
export type ModerationLetters = {
  /** `decision` is what was done, `text` what the moderators wrote of it, `link` leads to the form of an appeal. */
  strike: { decision: string; text: string; link: string }
}
