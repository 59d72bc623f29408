import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestTown } from './test-town.ts'

/** The links of the newest mail to an address, without the town's own part of them; a town without SMTP writes mail to its data folder. */
export function linksOf(town: TestTown, address: string): string[] {
  const folder = join(town.ctx.config.dataDir, 'mail')
  const mails = readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('=\n', '').replaceAll('=3D', '='))
    .filter((mail) => mail.includes(`To: ${address}`))
  return (mails.at(-1)?.match(/https?:\/\/\S+/g) ?? []).map((link) => link.replace(town.ctx.config.url, ''))
}

/** The secret that a mailed link carries. */
export function keyOf(link: string | undefined): string {
  return new URL(link ?? '', 'http://nowhere').searchParams.get('key') ?? ''
}
