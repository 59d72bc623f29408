/* oxlint-disable no-bitwise -- SHA-256 is made of them (FIPS 180-4, section 6.2). */

/** The fractional parts of roots of the first primes, as the standard has its constants. */
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0
const PRIMES = Array.from({ length: 310 }, (_, n) => n + 2).filter((n) => {
  for (let by = 2; by * by <= n; by += 1) if (n % by === 0) return false
  return true
})
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
const ROUNDS = PRIMES.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)))

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))
const words = new Int32Array(64)

/** The first 32 bits of the hash of a text of ASCII: all that the puzzle looks at. */
export function firstBits(text: string): number {
  const blocks = (text.length + 72) >> 6
  const state = [...START]
  for (let block = 0; block < blocks; block += 1) {
    readBlock(text, block, blocks)
    mix(state)
  }
  return state[0]! >>> 0
}

/** One block of 64 bytes: the text, a bit that ends it, and at the end of the last its length. */
function readBlock(text: string, block: number, blocks: number): void {
  const from = block * 64
  for (let at = 0; at < 16; at += 1) {
    let word = 0
    for (let byte = 0; byte < 4; byte += 1) {
      const index = from + at * 4 + byte
      const value = index < text.length ? text.charCodeAt(index) : index === text.length ? 128 : 0
      word = (word << 8) | value
    }
    words[at] = word
  }
  if (block === blocks - 1) words[15] = text.length * 8
  for (let at = 16; at < 64; at += 1) {
    const [early, late] = [words[at - 15]!, words[at - 2]!]
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    words[at] = words[at - 16]! + low + words[at - 7]! + high
  }
}

function mix(state: number[]): void {
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number]
  for (let at = 0; at < 64; at += 1) {
    const high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    const one = (h + high + ((e & f) ^ (~e & g)) + ROUNDS[at]! + words[at]!) | 0
    const low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  const sums = [a, b, c, d, e, f, g, h]
  for (const [at, sum] of sums.entries()) state[at] = (state[at]! + sum) | 0
}
