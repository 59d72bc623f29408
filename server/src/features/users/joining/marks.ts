import { createHash } from 'node:crypto'
import { networkOf } from '#platform/net'

/**
 * What sign-ups of one hand have in common. Each waiting person carries theirs, so that a flood is a few groups in the
 * queue instead of a thousand rows.
 */
export type Marked = { username: string; email: string; ip: string; reason: string; why: readonly string[] }

/** One household or one machine of a hoster; a neighbour's bad name is not yours on a whole provider. */
const NEIGHBOURS = { v4: 24, v6: 64 }

/** So many have an address there that it says nothing of anybody. */
const COMMON_MAIL = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.co.jp icloud.com me.com ' +
    'mac.com proton.me protonmail.com pm.me gmx.de gmx.net gmx.at gmx.com web.de t-online.de freenet.de posteo.de mailbox.org ' +
    'fastmail.com tutanota.com tuta.com aol.com mail.com mail.ru yandex.ru yandex.com qq.com 163.com 126.com naver.com daum.net ' +
    'orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it wp.pl o2.pl seznam.cz ukr.net rambler.ru docomo.ne.jp'
  ).split(' '),
)

export type MarkKind = 'address' | 'mail' | 'name' | 'reason' | 'why'

export function marksOf({ username, email, ip, reason, why }: Marked): string[] {
  const host = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  const marks = [`address:${networkOf(ip, NEIGHBOURS)}`]
  if (!COMMON_MAIL.has(host)) marks.push(`mail:${host}`)
  if (/\d/.test(username)) marks.push(`name:${username.toLowerCase().replaceAll(/\d+/g, '#')}`)
  const words = reason
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
  if (words !== '') marks.push(`reason:${createHash('sha256').update(words).digest('hex').slice(0, 16)}`)
  return [...marks, ...why.map((one) => `why:${one}`)]
}

/** What a mark says, in two parts. */
export function readMark(mark: string): { kind: MarkKind; value: string } | undefined {
  const match = /^(address|mail|name|reason|why):(.{1,300})$/s.exec(mark)
  return match ? { kind: match[1] as MarkKind, value: match[2] as string } : undefined
}
