import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstanceActor } from '#features/accounts'
import { ensureLocalDomain } from '#features/domains'
import { VERSION } from '#features/instance'
import { ensureRoles } from '#features/roles'
import { Refusal } from '#lib/refusal'
import { openBlobs } from '#platform/blobs'
import { systemClock, type Clock } from '#platform/clock'
import type { Config } from '#platform/config'
import type { Context } from '#platform/context'
import {
  ensureDatabase,
  migrate,
  openDatabase,
  startEmbedded,
  type EmbeddedDatabase,
  type OpenDatabase,
} from '#platform/db'
import { openImages } from '#platform/images'
import { finishRestore } from '#platform/keeping'
import type { Log } from '#platform/log'
import { openMail } from '#platform/mail'
import { makeNet, type Net, type NetOptions } from '#platform/net'
import { openOpenId } from '#platform/openid'
import { keepSeal, keepVapidKeys } from '#platform/secrets'
import { openStreams } from '#platform/streams'
import { openWords } from '#platform/words'
import { reactions } from './reactions.ts'
import { webFolder } from './web-folder.ts'

export type OpenContext = {
  ctx: Context
  statements: OpenDatabase['statements']
  /** Names of migrations that were applied now. */
  migrated: string[]
  notices: string[]
  /** Ends the pool; with `stopDatabase` also the embedded PostgreSQL, which otherwise stays when others use it. */
  close(options?: { stopDatabase?: boolean }): Promise<void>
}

export type ContextOptions = {
  config: Config
  log: Log
  clock?: Clock
  databaseUrl?: string
  ensureDomain?: boolean
  /** Stands in for the network in tests: what names resolve to, and where their ports are. */
  network?: Pick<NetOptions, 'resolve' | 'resolveMail' | 'portOf'> | undefined
}

const TRIES = 3

/** A command beside us may just be stopping the cluster that we found running: then it is started anew. */
async function bringUp(dataDir: string): Promise<EmbeddedDatabase> {
  for (let attempt = 1; ; attempt += 1) {
    const embedded = await startEmbedded({ dataDir })
    try {
      await ensureDatabase(embedded.url('postgres'), 'hamlet')
      return embedded
    } catch (error) {
      if (attempt === TRIES) throw error
    }
  }
}

/** Brings up the database, migrates it, and hands out the tools. The embedded server is started, or found running. */
export async function openContext(options: ContextOptions): Promise<OpenContext> {
  const { config, log } = options
  const given = options.databaseUrl ?? config.databaseUrl
  const embedded = given === '' ? await bringUp(config.dataDir) : undefined
  const url = embedded ? embedded.url('hamlet') : given
  await finishRestore(config.dataDir, url)
  const migrated = await migrate(url)
  const open = openDatabase(url, log)
  const ctx = makeContext(options, open, url)
  const close: OpenContext['close'] = async ({ stopDatabase = false } = {}) => {
    await ctx.streams.close()
    await ctx.net.close()
    ctx.mail.close()
    ctx.images.close()
    await open.close()
    await (stopDatabase ? embedded?.stop() : embedded?.leave())
  }
  try {
    await ensureRoles(ctx)
    if (options.ensureDomain !== false) {
      await ensureLocalDomain(ctx)
      await ensureInstanceActor(ctx)
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    ctx,
    statements: open.statements,
    migrated,
    notices: embedded?.notice ? [embedded.notice] : [],
    close,
  }
}

function makeContext(options: ContextOptions, open: OpenDatabase, url: string): Context {
  const { db } = open
  const { config, log } = options
  const clock = options.clock ?? systemClock
  const { smtpUrl, mailFrom: from, dataDir } = config
  const net = openNet(config, options.network)
  return {
    config,
    log,
    db,
    readPool: () => open.readPool(),
    clock,
    reactions,
    wakeJobs: () => {},
    blobs: openBlobs({ folder: join(dataDir, 'media'), baseUrl: config.url }),
    images: openImages({ log }),
    mail: openMail({ smtpUrl, from, dataDir, log, now: () => clock.now() }),
    net,
    streams: openStreams({ db, url, log }),
    vapid: keepVapidKeys(dataDir),
    seal: keepSeal(dataDir, config.sealKey),
    openId: openOpenId({
      issuer: config.oidcIssuer,
      clientId: config.oidcClientId,
      clientSecret: config.oidcClientSecret,
      name: config.oidcName,
      scopes: config.oidcScopes,
      redirectUri: `${config.url}/sign-in/openid/back`,
      net,
    }),
    words: openWords(webFolder),
  }
}

/** The way out that the configuration allows. Our own hosts are closed to it, unless `ownHosts` names others. */
export function openNet(
  config: Config,
  options: Partial<Pick<NetOptions, 'resolve' | 'resolveMail' | 'portOf' | 'ownHosts'>> = {},
): Net {
  return makeNet({
    allowPrivateNetworks: config.allowPrivateNetworks,
    extraCa: config.extraCa === '' ? undefined : readAuthorities(config.extraCa),
    userAgent: `Hamlet/${VERSION} (+${config.url}/)`,
    ownHosts: [...new Set([config.domain, new URL(config.url).host])],
    ...options,
  })
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Refusal('invalid', `HAMLET_EXTRA_CA names ${file}, which cannot be read.`, { cause })
  }
}
