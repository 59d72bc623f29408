import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AccountRow } from '#features/accounts'
import { findUserOfAccount, listAddresses } from '#features/users'
import { htmlToText, linksOf } from '#federation'
import { hostOf, parseHttpUrl } from '#lib/host'
import type { Id } from '#lib/id'
import type { Tx } from '#platform/context'

/** Accounts that are younger are looked at by where they come from: waves are of new ones. */
const NEW_MS = 30 * 24 * 3_600_000
/** Shorter words than that are said by many. */
const SHORTEST_TEXT = 12
const MOST_KEYS = 12

/**
 * What a report may have in common with others, so that a wave is one group and not five hundred rows: where its posts
 * (or the profile, when none was named) lead to, what they say, and where a new account comes from.
 */
export async function findGroupKeys(tx: Tx, target: AccountRow, statusIds: readonly Id[]): Promise<string[]> {
  const texts = statusIds.length > 0 ? await readPosts(tx, statusIds) : [target.note]
  const own = new Set<string>([tx.config.domain, new URL(tx.config.url).host])
  const hosts = texts.flatMap(findHosts).filter((host) => !own.has(host))
  const prints = texts.map(fingerprint).filter((one) => one !== undefined)
  const keys = [...hosts.map((host) => `link:${host}`), ...prints.map((print) => `text:${print}`)]
  return [...new Set([...keys.slice(0, MOST_KEYS), ...(await findOrigins(tx, target))])]
}

async function readPosts(tx: Tx, ids: readonly Id[]): Promise<string[]> {
  const { rows } = await sql<{ content: string }>`
    select s.content from statuses s where s.id = any(${[...ids]}::bigint[]) order by s.id limit 10`.execute(tx.db)
  return rows.map((row) => row.content)
}

function findHosts(html: string): string[] {
  return linksOf(html)
    .filter((link) => !link.rel.includes('tag') && !link.classes.some((one) => one === 'mention' || one === 'hashtag'))
    .flatMap(({ href }) => {
      const url = parseHttpUrl(href)
      const host = url && hostOf(url)
      return host ? [host] : []
    })
}

/** The same for words that differ in names, numbers, links, signs and case alone; undefined for a few words. */
export function fingerprint(html: string): string | undefined {
  const words = htmlToText(html)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/https?:\/\/\S+|[@#][\p{L}\p{N}_.@-]+/gu, '')
    .replaceAll(/[^\p{L}]/gu, '')
  if (words.length < SHORTEST_TEXT) return undefined
  return hash(words)
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 20)

/** The server of a new account, or the network that its browser came from: as a hash, which is enough to compare. */
async function findOrigins(tx: Tx, target: AccountRow): Promise<string[]> {
  const age = tx.clock.now().getTime() - Date.parse(target.created_at)
  if (age > NEW_MS) return []
  if (!target.is_local) return [`source:${target.host}`]
  const user = await findUserOfAccount(tx, target.id)
  const addresses = user ? ((await listAddresses(tx, [user.id])).get(user.id) ?? []) : []
  return [...new Set(addresses.map((one) => `range:${hash(networkOf(one.ip))}`))].slice(0, 3)
}

/** A /24 of the old addresses, a /48 of the new ones. */
function networkOf(ip: string): string {
  return ip.includes(':') ? ip.split(':').slice(0, 3).join(':') : ip.split('.').slice(0, 3).join('.')
}
