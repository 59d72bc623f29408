/** What a poll of ours may be; the instance tells apps the same (mastodon-limits, Poll options and duration). */
export const pollLimits = {
  fewestOptions: 2,
  mostOptions: 4,
  /** In graphemes. */
  optionLength: 50,
  shortestSeconds: 300,
  longestSeconds: 2_629_746,
} as const
