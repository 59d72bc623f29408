import { makeSecrets, type Secrets } from '#features/users'

/** So many people in a row have keys and hashes of their own; then they begin anew. */
const PAIRS = 32
const made: Promise<Secrets>[] = []
let drawn = 0

/** Whoever lives in a test town has this password, and keys that were made once for all towns of this process. */
export function drawSecrets(): Promise<Secrets> {
  const index = drawn % PAIRS
  drawn += 1
  return (made[index] ??= makeSecrets('correct horse'))
}
