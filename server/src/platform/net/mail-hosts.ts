import { Resolver } from 'node:dns/promises'

const WAIT_MS = 2_000
/** More are nobody's honest answer. */
const MOST = 20

/**
 * Who takes the mail of a domain. It is asked for while somebody waits, so it ends after two seconds whatever happens; and
 * a name server that is silent must shut nobody out, so what fails is no answer.
 */
export function makeResolveMail(): (domain: string) => Promise<string[]> {
  return async (domain) => {
    const resolver = new Resolver({ timeout: WAIT_MS, tries: 1 })
    const timer = setTimeout(() => resolver.cancel(), WAIT_MS)
    try {
      const found = await resolver.resolveMx(domain)
      return found
        .slice(0, MOST)
        .map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ''))
        .filter((host) => host !== '')
    } catch {
      return []
    } finally {
      clearTimeout(timer)
    }
  }
}
