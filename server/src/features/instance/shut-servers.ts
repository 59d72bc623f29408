import { createHash } from 'node:crypto'
import { listDomainPolicies } from '#features/domains'
import { readSettings } from '#features/settings'
import type { Context } from '#platform/context'

type Audience = 'disabled' | 'users' | 'all'
const isFor = (audience: Audience, isMember: boolean) => audience === 'all' || (audience === 'users' && isMember)

/** The middle of a name is hidden where the team does not want to send people there; whoever has it can tell it by its digest. */
function blur(host: string): string {
  const shown = Math.floor(host.length / 4)
  const isShown = (letter: string, at: number) => letter === '.' || at <= shown || at >= host.length - shown
  return host
    .split('')
    .map((letter, at) => (isShown(letter, at) ? letter : '*'))
    .join('')
}

/** The servers that are limited or shut out here; undefined where the team does not show them to whoever asks. */
export async function listShutServers(ctx: Context, isMember: boolean) {
  const { show_domain_blocks: list, show_domain_blocks_rationale: reasons } = await readSettings(ctx)
  if (!isFor(list, isMember)) return undefined
  const rows = await listDomainPolicies(ctx)
  return rows.flatMap(({ host, severity, public_comment, obfuscate }) => {
    if (severity === 'noop') return []
    const digest = createHash('sha256').update(host).digest('hex')
    const comment = isFor(reasons, isMember) ? public_comment : null
    return [{ domain: obfuscate ? blur(host) : host, digest, severity, comment }]
  })
}
