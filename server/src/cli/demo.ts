import { loadVillage, removeVillage } from '#app/demo/village'
import { findLocalAccount } from '#features/accounts'
import { Refusal } from '#lib/refusal'
import { print, type Command } from './command.ts'
import { withContext } from './with-context.ts'

export const demoLoad: Command = {
  name: 'demo load',
  usage: `hamlet demo load [--follow NAME] [--json]

Brings the demo village: twelve invented residents with posts and pictures. They stay on this server, cannot sign in,
and leave with 'hamlet demo remove'. Pressed twice it changes nothing.
  --follow  a local account that follows them all
  --json    answer with one JSON object`,
  options: { follow: { type: 'string' }, json: { type: 'boolean' } },
  run: async (args) => {
    const residents = await withContext(async (ctx) => {
      const { follow } = args.flags
      if (typeof follow !== 'string') return loadVillage(ctx)
      const follower = await findLocalAccount(ctx, follow)
      if (!follower) throw new Refusal('notFound', `There is no account ${follow} here.`)
      return loadVillage(ctx, follower.id)
    })
    print(args, { residents }, [
      residents === 0
        ? 'The village is here already.'
        : `${residents} residents have moved in. Remove them with: hamlet demo remove`,
    ])
  },
}

export const demoRemove: Command = {
  name: 'demo remove',
  usage: `hamlet demo remove [--json]

Removes the demo village and everything that it left. People who really live here are not touched.
  --json  answer with one JSON object`,
  options: { json: { type: 'boolean' } },
  run: async (args) => {
    const removed = await withContext(removeVillage)
    print(args, { removed }, [removed === 0 ? 'There is no demo village here.' : `${removed} residents have left.`])
  },
}
