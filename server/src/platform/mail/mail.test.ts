import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeLog } from '#platform/log'
import { openMail, type MailMessage } from '#platform/mail'
import { certificate, key } from '#test/front-certificate'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hamlet-mail-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const open = (smtpUrl = '') =>
  openMail({ smtpUrl, from: 'Hamlet <town@town.test>', dataDir, log: makeLog(() => {}), now: () => new Date() })
const plain = { to: 'ines@example.org', subject: 'Hello', text: 'Words.', html: '<p>Words.</p>' }

async function written(message: MailMessage): Promise<{ head: string; body: string }> {
  await open().send(message)
  const [file = ''] = readdirSync(join(dataDir, 'mail'))
  const raw = readFileSync(join(dataDir, 'mail', file), 'utf8')
  const end = raw.indexOf('\n\n')
  return { head: raw.slice(0, end), body: raw.slice(end + 2) }
}

describe('EM-01: what people write does not continue the head of a mail', () => {
  test.each(['\r\n', '\n', '\r', '\u2028', '\u2029', '\0', '\u0085', '\v', '\r\n\r\n'])('%j', async (end) => {
    const subject = `From Ines${end}Bcc: victim@evil.example${end}X-Evil: yes`
    const { head } = await written({ ...plain, subject, to: `ines@example.org${end}Cc: victim@evil.example` })
    const names = head.split('\n').flatMap((line) => /^([\w-]+):/.exec(line)?.[1]?.toLowerCase() ?? [])
    expect(names.toSorted()).toEqual(
      ['from', 'to', 'subject', 'auto-submitted', 'message-id', 'date', 'mime-version', 'content-type'].toSorted(),
    )
  })
})

describe('EM-08: the mailer gets words alone', () => {
  test('whatever else comes along is no part of the mail, and no file or address is read for it', async () => {
    const secret = join(dataDir, 'secret')
    writeFileSync(secret, 'do-not-tell')
    const more = {
      raw: { path: secret },
      path: secret,
      href: 'http://127.0.0.1:1/x',
      attachments: [{ filename: 'x', path: secret }],
      list: { unsubscribe: 'https://evil.example' },
      headers: { 'X-Evil': 'yes' },
      bcc: 'victim@evil.example',
      envelope: { to: 'victim@evil.example' },
    }
    const { head, body } = await written({ ...plain, ...more })
    expect(head + body).not.toMatch(/do-not-tell|evil|attachment|List-/i)
    expect(body).toContain('Words.')
  })

  test('nothing but text can be given: the compiler says so', () => {
    // @ts-expect-error -- a mail has an address, a subject and words
    const message: MailMessage = { ...plain, raw: 'x' }
    // @ts-expect-error -- words are text, never where to read them
    const other: MailMessage = { ...plain, html: { path: '/etc/passwd' } }
    expect([message, other]).toHaveLength(2)
  })
})

test('EM-09: a mail server whose certificate nobody vouches for gets nothing', async () => {
  let heard = ''
  const server = createServer({ key, cert: certificate }, (socket) => {
    socket.write('220 evil.example ESMTP\r\n')
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
    socket.on('error', () => {})
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const mail = open(`smtps://ines:password@127.0.0.1:${(server.address() as AddressInfo).port}`)
  await expect(mail.send(plain)).rejects.toThrow(/certificate|self.signed|unable to verify/i)
  await expect(mail.check()).rejects.toThrow()
  expect(heard).toBe('')
  mail.close()
  server.close()
})
