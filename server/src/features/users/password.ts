import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { makeQueue } from './queue.ts'

const run = promisify(argon2)
/** OWASP password storage: argon2id with 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const TAG_BYTES = 32

/** A password as a PHC string (`$argon2id$v=19$…`), so that settings may change later. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive(password, nonce, { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES })
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(nonce)}$${unpadded(tag)}`
}

/** Whether a hash was made with other settings than one of today. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(`$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$`)
}

/** Compares in constant time, letter for letter as it was sent; a string that is no argon2id hash never matches. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored)
  if (!match) return false
  const [, memory, passes, parallelism, nonce, tag] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const expected = Buffer.from(tag, 'base64')
  const given = await derive(password, Buffer.from(nonce, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return expected.length === given.length && timingSafeEqual(expected, given)
}

type Cost = { memory: number; passes: number; parallelism: number }

/** Hashing is heavy on purpose: two at a time leave the server's other work alone (reliability AU-07). */
const queue = makeQueue({ atOnce: 2, longest: 100, patienceMs: 5_000 })

async function derive(message: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
  return queue(() => run('argon2id', { message, nonce, tagLength: TAG_BYTES, ...cost }))
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
