import type { Id } from '#lib/id'

/** What a rule may know of a post. The room that has the post gives it; this one looks nothing up. */
export type PostFacts = {
  /** Absent for a post that is not written yet. */
  statusId: Id | null
  accountId: Id
  /** The server of the author; null for people here. */
  host: string | null
  uri: string | null
  /** Each by itself, so that no phrase runs from one into the next: warning, words, answers of a poll, alternative texts. */
  texts: readonly string[]
  /** Hosts that it links to. */
  linkHosts: readonly string[]
  mentions: number
  /** People here whom the author was never in touch with. */
  strangers: number
  /** How its pictures are known: SHA-256 in hexadecimal, blurhash. One entry at least for each picture. */
  mediaHashes: readonly string[]
  hasMedia: boolean
  language: string | null
  visibility: string
  accountAgeDays: number
  postsBefore: number
  isFollowedHere: boolean
}
