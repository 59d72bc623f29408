import { accessSync, constants } from 'node:fs'
import type { SetUpCheck } from '@hamlet/contract/pages'
import { sql } from 'kysely'
import { isLoopbackName } from '#lib/host'
import type { Context } from '#platform/context'
import { readDatabaseTime } from '#platform/db'

/** What a new owner should know of the machine before going on: each fault with the way to mend it. */
export async function runChecks(ctx: Context): Promise<SetUpCheck[]> {
  return [checkAddress(ctx), await checkDatabase(ctx), checkFolder(ctx), checkMail(ctx)]
}

function checkAddress({ config }: Context): SetUpCheck {
  const url = new URL(config.url)
  const values = { url: config.url, domain: config.domain }
  if (isLoopbackName(url.hostname))
    return {
      about: 'address',
      finding: 'addressLoopback',
      values,
      state: 'warn',
      fix: 'npx hamlet domain set example.org',
    }
  if (url.protocol !== 'https:')
    return { about: 'address', finding: 'addressInsecure', values, state: 'bad', fix: `HAMLET_URL=https://${url.host}` }
  return { about: 'address', finding: 'addressFine', values, state: 'fine' }
}

async function checkDatabase(ctx: Context): Promise<SetUpCheck> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(ctx.db)
  const time = await readDatabaseTime(ctx.db)
  const seconds = Math.round(Math.abs(time.getTime() - ctx.clock.now().getTime()) / 1000)
  if (seconds > 30)
    return {
      about: 'database',
      finding: 'clocksDiffer',
      values: { seconds },
      state: 'warn',
      fix: 'timedatectl set-ntp true',
    }
  const finding = ctx.config.databaseUrl === '' ? 'databaseInFolder' : 'databaseElsewhere'
  return { about: 'database', finding, values: { version: rows[0]?.version ?? '' }, state: 'fine' }
}

function checkFolder({ config }: Context): SetUpCheck {
  const values = { folder: config.dataDir }
  try {
    accessSync(config.dataDir, constants.W_OK)
    return { about: 'folder', finding: 'folderFine', values, state: 'fine' }
  } catch {
    const fix = `chown -R $(id -u) ${config.dataDir}`
    return { about: 'folder', finding: 'folderClosed', values, state: 'bad', fix }
  }
}

function checkMail({ config }: Context): SetUpCheck {
  if (config.smtpUrl !== '')
    return { about: 'mail', finding: 'mailFine', values: { from: config.mailFrom }, state: 'fine' }
  const fix = 'HAMLET_SMTP_URL=smtps://user:password@mail.example.org'
  return { about: 'mail', finding: 'mailMissing', values: {}, state: 'warn', fix }
}
