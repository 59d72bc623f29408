import { createPublicKey } from 'node:crypto'
import { requireInstanceSigner } from '#features/accounts'
import { isLoopbackName, type Host } from '#lib/host'
import type { Context } from '#platform/context'
import { failureKind, type Net, type NetRequest } from '#platform/net'

/** What one check found; `text` says what to do where it is a fault. */
export type Finding = { check: string; ok: boolean; text: string }

const LOOK: Pick<NetRequest, 'maxBytes' | 'timeoutMs' | 'redirects'> = {
  maxBytes: 64 * 1024,
  timeoutMs: 5_000,
  redirects: 0,
}

/** Whether other servers can be reached at all. Whatever `host` answers, it was there. */
export async function checkOutbound(net: Net, host: Host): Promise<Finding> {
  const check = 'outbound'
  try {
    await net.request(`https://${host}/`, { method: 'HEAD', ...LOOK })
    return { check, ok: true, text: `${host} answers over https` }
  } catch (error) {
    if (failureKind(error) === 'redirect') return { check, ok: true, text: `${host} answers over https` }
    return { check, ok: false, text: explainFailure(error, host) }
  }
}

/** What time it is at `host`, by its own answer; undefined when it says nothing. Caches say how old theirs is. */
export async function readTimeOf(net: Net, host: Host): Promise<Date | undefined> {
  try {
    const { headers } = await net.request(`https://${host}/`, { method: 'HEAD', ...LOOK, keepsRedirect: true })
    const at = Date.parse(headers.date ?? '') + Number(headers.age ?? 0) * 1000
    return Number.isNaN(at) ? undefined : new Date(at)
  } catch {
    return undefined
  }
}

/**
 * Whether the public address leads to this very server: the key of the server's own account tells.
 * Undefined where the address is of this machine alone. `net` must be one that may ask for our own host.
 */
export async function checkPublicUrl(ctx: Context, net: Net): Promise<Finding | undefined> {
  const { url } = ctx.config
  const check = 'public address'
  if (isLoopbackName(new URL(url).hostname)) return undefined
  try {
    const answer = await net.request(`${url}/actor`, { method: 'GET', accept: 'application/activity+json', ...LOOK })
    if (answer.status !== 200)
      return { check, ok: false, text: `${url} answers with ${answer.status}. Does the proxy pass on to this server?` }
    if (await isOurKey(ctx, answer.body)) return { check, ok: true, text: `${url} leads here` }
    return { check, ok: false, text: `${url} leads to another server. Check its DNS entry and the proxy.` }
  } catch (error) {
    if (failureKind(error) === 'address')
      return { check, ok: true, text: `${url} is a private address from here: open it from another network to be sure` }
    if (failureKind(error) === 'redirect')
      return { check, ok: false, text: `${url} sends visitors on to another address. Set HAMLET_URL to where it ends.` }
    return { check, ok: false, text: `${explainFailure(error, new URL(url).host)} Is the server running?` }
  }
}

/** Whether the mail server takes us; nothing is sent. */
export async function checkMail(ctx: Context): Promise<Finding> {
  const check = 'mail'
  try {
    const isSent = await ctx.mail.check()
    if (isSent) return { check, ok: true, text: `the mail server takes mail of ${ctx.config.mailFrom}` }
    // On a public server nobody could confirm an address or set a new password.
    const isHome = isLoopbackName(new URL(ctx.config.url).hostname)
    return { check, ok: isHome, text: 'no mail server is set (HAMLET_SMTP_URL); mails are written to the data folder' }
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, ' ')
    return { check, ok: false, text: `the mail server does not take us: ${reason}. Check HAMLET_SMTP_URL.` }
  }
}

async function isOurKey(ctx: Context, body: Buffer): Promise<boolean> {
  const ours = createPublicKey((await requireInstanceSigner(ctx)).privateKey)
  try {
    const actor = JSON.parse(body.toString('utf8')) as { publicKey?: { publicKeyPem?: unknown } }
    return createPublicKey(String(actor.publicKey?.publicKeyPem)).equals(ours)
  } catch {
    return false
  }
}

/** What the system calls a name server that has no answer, or none at all. */
const NAME_CODES = /^(ENOTFOUND|ENODATA|ESERVFAIL|EREFUSED|EAI_.*)$/
const TRUST_CODES = /CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|SIGNATURE/

/** The failure of a request as one sentence with what to do. */
function explainFailure(error: unknown, host: string): string {
  const { cause } = error as { cause?: { code?: unknown; syscall?: unknown } }
  const code = typeof cause?.code === 'string' ? cause.code : ''
  if (NAME_CODES.test(code) || String(cause?.syscall).startsWith('query'))
    return `the name ${host} is not found. Check the name, and the name server of this machine (/etc/resolv.conf).`
  if (TRUST_CODES.test(code))
    return `${host} shows a certificate that is not trusted here (${code}). Check the clock; HAMLET_EXTRA_CA names authorities of your own.`
  const kind = failureKind(error)
  if (kind === 'address') return `${host} is not an address of the internet, so it is not asked.`
  if (kind === 'timeout') return `${host} does not answer within 5 s. Does a firewall hold back port 443 outward?`
  return `${host} cannot be reached${code && ` (${code})`}. Is this machine online, and is port 443 open outward?`
}
