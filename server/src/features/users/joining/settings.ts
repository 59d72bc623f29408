import { writeAudit } from '#features/audit'
import { readSettings, writeSetting, type Settings } from '#features/settings'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'

export const joiningNames = [
  'registrations',
  'closed_message',
  'require_reason',
  'min_age',
  'disposable_mail',
  'proof_of_work',
] as const satisfies readonly (keyof Settings)[]
export type Joining = Pick<Settings, (typeof joiningNames)[number]>

export async function readJoining(ctx: Context): Promise<Joining> {
  const all = await readSettings(ctx)
  return Object.fromEntries(joiningNames.map((name) => [name, all[name]])) as Joining
}

/** Sets what is named; all of it or, where one value does not fit, none. */
export async function changeJoining(tx: Tx, actorId: Id, wish: Record<string, unknown>): Promise<void> {
  const before = await readJoining(tx)
  const named = joiningNames.filter((name) => wish[name] !== undefined && wish[name] !== before[name])
  // oxlint-disable-next-line no-await-in-loop -- six at most
  for (const name of named) await writeSetting(tx, name, wish[name])
  if (named.length === 0) return
  const after = await readJoining(tx)
  const details = Object.fromEntries(named.map((name) => [name, after[name]]))
  await writeAudit(tx, {
    actorId,
    action: 'settings.joining',
    targetType: 'settings',
    label: named.join(', '),
    details,
  })
}
