import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestTown } from './test-town.ts'

/** A mail as it was written: its head as it stands, and each of its forms as its reader sees it. */
export type ReadMail = { head: string; subject: string; text: string; html: string }

/** The mails to an address, oldest first, as their text; a town without SMTP writes mail to its data folder. */
export function mailsTo(town: TestTown, address: string): string[] {
  return readMails(town, address).map(({ head, subject, text }) => `${head}\nSubject: ${subject}\n\n${text}`)
}

/** The same mails with all of their forms. */
export function readMails(town: TestTown, address: string): ReadMail[] {
  const folder = join(town.ctx.config.dataDir, 'mail')
  // It is made with the first mail.
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((mail) => mail.includes(`To: ${address}`))
    .map(readMail)
}

/** The links of the newest mail to an address, without the town's own part of them; not that of the foot. */
export function linksOf(town: TestTown, address: string): string[] {
  const links =
    readMails(town, address)
      .at(-1)
      ?.text.split('\n-- \n')[0]
      ?.match(/https?:\/\/\S+/g) ?? []
  return links.map((link) => link.replace(town.ctx.config.url, ''))
}

/** The secret that a mailed link carries. */
export function keyOf(link: string | undefined): string {
  return new URL(link ?? '', 'http://nowhere').searchParams.get('key') ?? ''
}

function readMail(raw: string): ReadMail {
  const { head, body } = splitHead(raw)
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1]
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1)
  const found = { text: '', html: '' }
  for (const part of parts) {
    const { head: partHead, body: partBody } = splitHead(part.trimStart())
    found[/content-type: text\/html/i.test(partHead) ? 'html' : 'text'] = decode(partHead, partBody)
  }
  const folded = /^Subject: (.*(?:\n[ \t].*)*)/m.exec(head)?.[1] ?? ''
  return { head, subject: decodeWords(folded), ...found }
}

function splitHead(raw: string): { head: string; body: string } {
  const end = raw.indexOf('\n\n')
  return { head: raw.slice(0, end), body: raw.slice(end + 2) }
}

/** RFC 2045, section 6: the two ways in which a body that is not plain ASCII travels. */
function decode(head: string, body: string): string {
  const way = /content-transfer-encoding: (\S+)/i.exec(head)?.[1]?.toLowerCase()
  if (way === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return way === 'quoted-printable' ? unquote(body.replaceAll('=\n', '')) : body
}

const unquote = (text: string) =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** RFC 2047: words of a header that are not ASCII. */
function decodeWords(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/\n[ \t]/g, ' ')
    .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, way: string, word: string) =>
      way.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : unquote(word.replaceAll('_', ' ')),
    )
}
