/** Letters of the server as such. */
export type InstanceLetters = {
  /** `date` is the day from which on they count; `changes` what the team says is new, or nothing. */
  termsChanged: { date: string; changes: string; link: string }
}
