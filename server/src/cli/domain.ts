import { countPeopleOf } from '#features/accounts'
import { purgeServer } from '#features/domains'
import { renameServer } from '#features/set-up'
import { readHost } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { transact } from '#platform/context'
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

/** Everything that is kept of another server goes; the running server does the work, or the next one that starts. */
export async function purgeDomain(args: Arguments): Promise<void> {
  const text = requireWord(args, 0, 'which server')
  const host = readHost(text)
  if (!host) throw new Refusal('invalid', `"${text}" is not a host name such as example.org.`)
  const isTried = args.flags['dry-run'] === true
  if (!isTried && args.flags.yes !== true)
    throw new Refusal(
      'invalid',
      `This cannot be undone. Say --yes to purge ${host}, or --dry-run to see what would go.`,
    )
  const people = await withContext(async (ctx) => {
    const count = await countPeopleOf(ctx, host)
    if (!isTried) await transact(ctx, (tx) => purgeServer(tx, null, host, count))
    return count
  })
  const verb = isTried ? 'would go' : 'go while the server runs'
  print(args, { host, people, dryRun: isTried }, [`${people} people of ${host}, with everything of theirs, ${verb}.`])
}
