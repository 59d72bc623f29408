/** Letters about what somebody takes along. */
export type ArchiveLetters = {
  /** `link` leads to where it can be downloaded. */
  archiveReady: { link: string }
}
