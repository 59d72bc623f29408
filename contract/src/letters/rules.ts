/** Letters about posts that waited for a moderator. */
export type RuleLetters = {
  /** `link` leads to the post. */
  postApproved: { link: string }
  /** `text` is what was written; `link` leads to what the author can see of it. */
  postRejected: { text: string; link: string }
}
