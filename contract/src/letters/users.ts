/** Letters about an account as such: what each of them is about. */
export type UserLetters = {
  /** Confirms the address of who signed up; `link` works once, for two days. */
  confirm: { link: string }
  password: { link: string }
  passwordChanged: { link: string }
  newEmail: { link: string }
  emailAsked: { link: string }
  emailChanged: { link: string }
  approved: { link: string }
  rejected: object
  /** To the team: how many wait to be let in, and the first of those who came in the last hour. */
  signUpsWait: { count: number; names: string; link: string }
  /** `date` is the day on which everything is erased (ISO 8601). */
  deletionAsked: { date: string; link: string }
  alreadyHere: { signIn: string; password: string }
}
