/** Letters to the team about what is talked about. */
export type TrendLetters = {
  /** What nobody of the team has looked at yet, a line for each; `link` leads to where that is done. */
  trendsWaiting: { tags: string; links: string; posts: string; link: string }
}
