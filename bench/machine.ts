import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import type { Inside } from '../scripts/inside.ts'
import { load } from './load.ts'

/** What this machine can do without us, per second: no figure of ours means anything without these beside it. */
export type Limits = { sign: number; verify: number; commit: number; select: number; http: number }

export const limitNames: Readonly<Record<keyof Limits, string>> = {
  sign: 'RSA-2048 signatures',
  verify: 'RSA-2048 checks',
  commit: 'commits with fsync',
  select: 'selects of one row',
  http: 'node:http "hello"',
}

const SENDERS = 16
const signInPool = promisify(sign)

/** Measures the limits one after another, with the database of an otherwise idle town. */
export async function measureMachine({ ctx: { db } }: Inside, seconds: number): Promise<Limits> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const text = Buffer.alloc(256, 'x')
  const signature = sign('sha256', text, privateKey)
  await sql`create table bench_commits (id bigint generated always as identity, note text not null)`.execute(db)
  const measure = (once: () => Promise<unknown>) => countPerSecond(seconds, once)
  return {
    sign: await measure(() => signInPool('sha256', text, privateKey)),
    verify: await measure(async () => verify('sha256', text, publicKey, signature)),
    commit: await measure(() => sql`insert into bench_commits (note) values (${'a line of text'})`.execute(db)),
    select: await measure(() => db.selectFrom('domains').select(['id', 'host']).where('is_local', '=', true).execute()),
    http: await measureHttp(seconds),
  }
}

async function countPerSecond(seconds: number, once: () => Promise<unknown>): Promise<number> {
  let count = 0
  const from = performance.now()
  const end = from + seconds * 1000
  const sender = async () => {
    for (; performance.now() < end; count += 1) await once()
  }
  await Promise.all(Array.from({ length: SENDERS }, sender))
  return (count * 1000) / (performance.now() - from)
}

/** A server of one line in a thread of its own, asked by the same client as ours is. */
async function measureHttp(seconds: number): Promise<number> {
  const worker = new Worker(new URL('./hello.ts', import.meta.url))
  const port = await new Promise<number>((done, fail) => worker.once('message', done).once('error', fail))
  try {
    const url = `http://127.0.0.1:${port}`
    const result = await load({
      url,
      seconds,
      senders: SENDERS,
      status: 200,
      next: () => ({ method: 'GET', path: '/' }),
    })
    return result.rate
  } finally {
    await worker.terminate()
  }
}
