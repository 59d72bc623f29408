import { createAnnouncement, deleteAnnouncement, listAnnouncements, readWish, stateOf } from '#features/announcements'
import { isId } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact } from '#platform/context'
import { print, requireWord, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

const SHOWN = 60
const firstLine = (text: string) => {
  const [line = ''] = text.split('\n')
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line
}

export async function listAll(args: Arguments): Promise<void> {
  const found = await withContext(async (ctx) => {
    const rows = await listAnnouncements(ctx)
    return rows.map((row) => ({
      id: row.id,
      state: stateOf(row, ctx.clock.now()),
      text: row.text,
      starts_at: row.starts_at,
      ends_at: row.ends_at,
      all_day: row.all_day,
      scheduled_at: row.scheduled_at,
      published_at: row.published_at,
    }))
  })
  const lines = found.map(({ id, state, text }) => `${id}  ${state.padEnd(9)}  ${firstLine(text)}`)
  print(args, { announcements: found }, lines.length > 0 ? lines : ['Nothing has been announced yet.'])
}

const flag = ({ flags }: Arguments, name: string) => {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}

export async function publishOne(args: Arguments): Promise<void> {
  const text = requireWord(args, 0, 'what is announced')
  const wished = {
    text,
    starts_at: flag(args, 'starts'),
    ends_at: flag(args, 'ends'),
    all_day: args.flags['all-day'] === true,
    scheduled_at: flag(args, 'at'),
  }
  const made = await withContext(async (ctx) => {
    const wish = readWish(ctx, wished)
    return { id: await transact(ctx, (tx) => createAnnouncement(tx, null, wish)), scheduled_at: wish.scheduled_at }
  })
  const when =
    made.scheduled_at === null ? 'Everybody here is shown it now' : `Everybody is shown it ${made.scheduled_at}`
  print(args, made, [`${when}. It is number ${made.id}.`])
}

export async function removeOne(args: Arguments): Promise<void> {
  const id = requireWord(args, 0, 'the number of the announcement')
  if (!isId(id))
    throw new Refusal('invalid', `"${args.words[0]}" is no number. 'hamlet announcements list' shows them.`)
  await withContext((ctx) => transact(ctx, (tx) => deleteAnnouncement(tx, null, id))).catch((error: unknown) => {
    if (error instanceof Refusal && error.reason === 'notFound')
      throw new Refusal('notFound', `There is no announcement ${id}. 'hamlet announcements list' shows them.`)
    throw error
  })
  print(args, { id }, ['It is gone, with everything that people answered to it.'])
}
