import { rewriteLocalAddresses } from '#features/accounts'
import { moveLocalDomain } from '#features/domains'
import { rewriteStatusAddresses } from '#features/statuses'
import { hostname, isLoopbackName, readHost, type Host } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { transact } from '#platform/context'
import { print, requireWord, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

export async function setDomain(args: Arguments): Promise<void> {
  const text = requireWord(args, 0, 'the new host name')
  const host = readHost(text)
  if (!host) throw new Refusal('invalid', `"${text}" is not a host name such as example.org.`)
  const old = await withContext(
    (ctx) =>
      transact(ctx, async (tx) => {
        const before = await moveLocalDomain(tx, host)
        await rewriteLocalAddresses(tx, baseOf(before), baseOf(host))
        await rewriteStatusAddresses(tx, baseOf(before), baseOf(host))
        return before
      }),
    { ensureDomain: false },
  )
  print(args, { from: old, to: host }, [
    `The server is now ${host}, it was ${old}. Start it with HAMLET_DOMAIN=${host}.`,
  ])
}

function baseOf(host: Host): string {
  return `${isLoopbackName(hostname(host)) ? 'http' : 'https'}://${host}`
}
