import exact from 'disposable-email-domains/index.json' with { type: 'json' }
import wild from 'disposable-email-domains/wildcard.json' with { type: 'json' }
import { withParents } from './mail-domains.ts'

const exactHosts = new Set<string>(exact)
const wildHosts = new Set<string>(wild)

/** Whether a provider gives anybody an address for ten minutes. Of some all that lies below them is theirs, too. */
export function isDisposable(host: string): boolean {
  return exactHosts.has(host) || withParents(host).some((parent) => wildHosts.has(parent))
}
