import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestTown } from './test-town.ts'

/** The mails to an address, oldest first; a town without SMTP writes mail to its data folder. */
export function mailsTo(town: TestTown, address: string): string[] {
  const folder = join(town.ctx.config.dataDir, 'mail')
  // It is made with the first mail.
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('=\n', '').replaceAll('=3D', '='))
    .filter((mail) => mail.includes(`To: ${address}`))
}

/** The links of the newest mail to an address, without the town's own part of them. */
export function linksOf(town: TestTown, address: string): string[] {
  const links =
    mailsTo(town, address)
      .at(-1)
      ?.match(/https?:\/\/\S+/g) ?? []
  return links.map((link) => link.replace(town.ctx.config.url, ''))
}

/** The secret that a mailed link carries. */
export function keyOf(link: string | undefined): string {
  return new URL(link ?? '', 'http://nowhere').searchParams.get('key') ?? ''
}
