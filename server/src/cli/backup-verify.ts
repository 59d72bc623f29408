import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildWebIfStale } from '#app/build-web'
import { openContext } from '#app/context'
import { startServer } from '#app/server'
import { openSession } from '#features/users'
import { Refusal } from '#lib/refusal'
import { readConfig } from '#platform/config'
import { transact, type Context } from '#platform/context'
import { ensureDatabase, openSnapshot, startEmbedded } from '#platform/db'
import { sessionCookieName } from '#platform/http'
import { openBackup, restoreBackup, type Backup, type Manifest, type Restored } from '#platform/keeping'
import { makeLog } from '#platform/log'
import { print, requireWord, type Arguments } from './command.ts'
import { tellProgress } from './progress.ts'

/** A database that is thrown away may be lost; it may not be slow. */
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' }

export async function verifyBackup(args: Arguments): Promise<void> {
  const began = performance.now()
  const path = resolve(requireWord(args, 0, 'which file to verify'))
  const backup = await openBackup(path)
  try {
    const { restored, pages } = await restoreAside(backup, args)
    const { createdAt, domain, hamlet } = backup.manifest
    const seconds = Number(((performance.now() - began) / 1000).toFixed(1))
    print(args, { ok: true, createdAt, domain, hamlet, ...restored, pages, seconds }, [
      `${domain} as it was on ${createdAt}, by Hamlet ${hamlet}: it can be restored.`,
      `${restored.rows} rows of ${restored.tables} tables and ${restored.files} files are what they were; ${pages.length} pages opened. ${seconds} s.`,
    ])
  } finally {
    await backup.close()
  }
}

async function restoreAside(backup: Backup, args: Arguments): Promise<{ restored: Restored; pages: string[] }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hamlet-verify-'))
  // For root PostgreSQL runs as somebody else, who must be able to enter.
  chmodSync(dataDir, 0o711)
  const embedded = await startEmbedded({ dataDir, settings: CARELESS })
  try {
    await ensureDatabase(embedded.url('postgres'), 'hamlet')
    const databaseUrl = embedded.url('hamlet')
    const tell = tellProgress(args)
    const restored = await restoreBackup(backup, { dataDir, databaseUrl, replaces: false, skipNumbers: 0, tell })
    await compareRows(databaseUrl, backup.manifest)
    // Its mail server and its addresses are none of this test.
    rmSync(join(dataDir, 'hamlet.env'), { force: true })
    return { restored, pages: await openItsPages(dataDir, databaseUrl, backup.manifest) }
  } finally {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Reads everything back: what was restored must be written just as it was in the backup. */
async function compareRows(databaseUrl: string, { tables }: Manifest): Promise<void> {
  const snapshot = await openSnapshot(databaseUrl)
  try {
    for (const table of tables) {
      const hash = createHash('sha256')
      // oxlint-disable-next-line no-await-in-loop -- one table after another, on one connection
      const rows = await snapshot.read(table, async (chunk) => void hash.update(chunk))
      if (rows !== table.rows || hash.digest('hex') !== table.sha256)
        throw new Refusal(
          'invalid',
          `The table ${table.name} is not what it was: ${rows} rows came back of ${table.rows}.`,
        )
    }
  } finally {
    await snapshot.close()
  }
}

/** Serves what was restored, to this process alone, and looks at it as somebody who is signed in. */
async function openItsPages(dataDir: string, databaseUrl: string, { domain }: Manifest): Promise<string[]> {
  buildWebIfStale()
  const config = readConfig({ HAMLET_DATA_DIR: dataDir, HAMLET_DOMAIN: domain, HAMLET_ROLES: 'web', PORT: '0' })
  const log = makeLog((line) => process.stderr.write(`${line}\n`), 'error')
  const nowhere = async () => Promise.reject(new Error('A backup that is verified has no network'))
  const open = await openContext({ config, log, databaseUrl, network: { resolve: nowhere } })
  try {
    const server = await startServer(open.ctx)
    try {
      return await look(open.ctx, `http://127.0.0.1:${server.port}`)
    } finally {
      await server.stop()
    }
  } finally {
    await open.close()
  }
}

async function look(ctx: Context, address: string): Promise<string[]> {
  const person = await findSomebody(ctx)
  const paths = ['/health/ready', '/about', '/api/v2/instance']
  const headers: Record<string, string> = { accept: 'text/html, application/json' }
  if (person) {
    const visitor = {
      userId: person.userId,
      accountId: person.accountId,
      userAgent: 'hamlet backup verify',
      ip: '127.0.0.1',
      method: 'password' as const,
    }
    headers.cookie = `${sessionCookieName(ctx.config)}=${await transact(ctx, (tx) => openSession(tx, visitor))}`
    const own = ['/api/v1/accounts/verify_credentials', '/api/v1/timelines/home', '/api/v1/notifications']
    paths.push(`/@${person.username}`, ...own)
  }
  for (const path of paths) {
    // oxlint-disable-next-line no-await-in-loop -- a person opens one page after another
    const answer = await fetch(`${address}${path}`, { headers })
    // oxlint-disable-next-line no-await-in-loop -- see above
    const text = await answer.text()
    if (answer.status !== 200)
      throw new Refusal('invalid', `${path} of the restored server answers ${answer.status}: ${text.slice(0, 200)}`)
  }
  return paths
}

async function findSomebody(ctx: Context) {
  return ctx.db
    .selectFrom('users')
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .select(['users.id as userId', 'accounts.id as accountId', 'accounts.username'])
    .where('users.confirmed_at', 'is not', null)
    .where('users.approved_at', 'is not', null)
    .where('users.disabled_at', 'is', null)
    .where('users.leaving_at', 'is', null)
    .where('accounts.suspended_at', 'is', null)
    .where('accounts.moved_to_account_id', 'is', null)
    .orderBy('users.id')
    .limit(1)
    .executeTakeFirst()
}
