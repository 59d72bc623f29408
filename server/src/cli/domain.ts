import { renameServer } from '#features/set-up'
import { readHost } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { print, requireWord, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

export async function setDomain(args: Arguments): Promise<void> {
  const text = requireWord(args, 0, 'the new host name')
  const host = readHost(text)
  if (!host) throw new Refusal('invalid', `"${text}" is not a host name such as example.org.`)
  const { from, url, isFixed } = await withContext(
    async (ctx) => ({ ...(await renameServer(ctx, host)), isFixed: ctx.config.domainFixed }),
    { ensureDomain: false },
  )
  const next = isFixed
    ? `The environment names the domain too: set HAMLET_DOMAIN=${host} there before the next start.`
    : 'hamlet.env in the data folder keeps the name. A server that runs must be started again.'
  print(args, { from, to: host, url }, [`The server is now ${host} at ${url}, it was ${from}.`, next])
}
