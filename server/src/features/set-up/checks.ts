import { accessSync, constants } from 'node:fs'
import type { SetUpCheck } from '@hamlet/contract/pages'
import { sql } from 'kysely'
import { isLoopbackName } from '#lib/host'
import type { Context } from '#platform/context'
import { readDatabaseTime } from '#platform/db'

/** What a new owner should know of the machine before going on: said in words, each fault with the way to mend it. */
export async function runChecks(ctx: Context): Promise<SetUpCheck[]> {
  return [checkAddress(ctx), await checkDatabase(ctx), checkFolder(ctx), checkMail(ctx)]
}

function checkAddress({ config }: Context): SetUpCheck {
  const url = new URL(config.url)
  if (isLoopbackName(url.hostname))
    return {
      name: 'Address',
      state: 'warn',
      text: `${config.url} can be opened on this machine only. That is fine for a first look; the name can still change.`,
      fix: 'npx hamlet domain set example.org',
    }
  if (url.protocol !== 'https:')
    return {
      name: 'Address',
      state: 'bad',
      text: 'Other servers and most apps speak https only.',
      fix: `HAMLET_URL=https://${url.host}`,
    }
  return { name: 'Address', state: 'fine', text: `Handles end in @${config.domain}, pages are at ${config.url}.` }
}

async function checkDatabase(ctx: Context): Promise<SetUpCheck> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(ctx.db)
  const time = await readDatabaseTime(ctx.db)
  const seconds = Math.round(Math.abs(time.getTime() - ctx.clock.now().getTime()) / 1000)
  if (seconds > 30)
    return {
      name: 'Database',
      state: 'warn',
      text: `Its clock and ours differ by ${seconds} seconds. Other servers refuse what is late.`,
      fix: 'timedatectl set-ntp true',
    }
  const where = ctx.config.databaseUrl === '' ? 'in the data folder' : 'at DATABASE_URL'
  return { name: 'Database', state: 'fine', text: `PostgreSQL ${rows[0]?.version ?? ''}, ${where}. The clocks agree.` }
}

function checkFolder({ config }: Context): SetUpCheck {
  try {
    accessSync(config.dataDir, constants.W_OK)
    return { name: 'Data folder', state: 'fine', text: `${config.dataDir} holds everything. Back it up.` }
  } catch {
    return {
      name: 'Data folder',
      state: 'bad',
      text: `${config.dataDir} cannot be written to.`,
      fix: `chown -R $(id -u) ${config.dataDir}`,
    }
  }
}

function checkMail({ config }: Context): SetUpCheck {
  if (config.smtpUrl !== '') return { name: 'Mail', state: 'fine', text: `Sent as ${config.mailFrom}.` }
  return {
    name: 'Mail',
    state: 'warn',
    text: 'No mail server is set. Mails are written to the data folder and their links to the log.',
    fix: 'HAMLET_SMTP_URL=smtps://user:password@mail.example.org',
  }
}
