/** Mail. Without a mail server it is written to the data folder and its links are logged, so that nobody is locked out. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Log } from '#platform/log'

/** `unsubscribe` is an address that ends letters of this kind by one press of a mail program (RFC 8058). */
export type MailMessage = { to: string; subject: string; text: string; html?: string; unsubscribe?: string }

export type Mail = {
  /** Hands a message over; throws when the mail server refuses it. Call it from a job, which tries again. */
  send(message: MailMessage): Promise<void>
  /** Greets the mail server and signs in, without sending; throws when that is refused. False when there is none to greet. */
  check(): Promise<boolean>
  close(): void
}

export type MailOptions = { smtpUrl: string; from: string; dataDir: string; log: Log; now: () => Date }

const TIMEOUT_MS = 20_000
/** A mail is words: no file and no address is read to write it. */
const NOTHING_ELSE = { disableFileAccess: true, disableUrlAccess: true }

export function openMail(options: MailOptions): Mail {
  return options.smtpUrl === '' ? writeToFolder(options) : sendBySmtp(options)
}

function sendBySmtp(options: MailOptions): Mail {
  const times = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS }
  const transport = createTransport({ url: options.smtpUrl, pool: true, ...NOTHING_ELSE, ...times } as object)
  return {
    send: async (message) => {
      await transport.sendMail({ from: options.from, ...compose(message) })
    },
    check: () => transport.verify(),
    close: () => transport.close(),
  }
}

function writeToFolder({ from, dataDir, log, now }: MailOptions): Mail {
  const folder = join(dataDir, 'mail')
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'unix', ...NOTHING_ELSE })
  let written = 0
  return {
    send: async (message) => {
      const { message: raw } = await writer.sendMail({ from, ...compose(message) })
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      written += 1
      const name = `${now().toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}-${written}.eml`
      writeFileSync(join(folder, name), raw as Buffer, { mode: 0o600 })
      const links = message.text.match(/https?:\/\/\S+/g) ?? []
      log.warn('no mail server is set (HAMLET_SMTP_URL), so a mail was written to the data folder', {
        file: join('mail', name),
        subject: message.subject,
        links,
      })
    },
    check: () => Promise.resolve(false),
    close: () => {},
  }
}

function unsubscribeHeaders({ unsubscribe }: MailMessage): Record<string, string> {
  if (unsubscribe === undefined) return {}
  return { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

/** No header of ours may be continued by what people write into names and subjects. */
function compose(message: MailMessage): MailMessage & { headers: Record<string, string> } {
  const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return {
    to: oneLine(message.to),
    subject: oneLine(message.subject),
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(message) },
  }
}
