import { loadVillage, removeVillage } from '#app/demo/village'
import { findLocalAccount } from '#features/accounts'
import { Refusal } from '#lib/refusal'
import { print, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

export async function loadDemo(args: Arguments): Promise<void> {
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
}

export async function removeDemo(args: Arguments): Promise<void> {
  const removed = await withContext(removeVillage)
  print(args, { removed }, [removed === 0 ? 'There is no demo village here.' : `${removed} residents have left.`])
}
