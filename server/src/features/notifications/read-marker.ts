import type { Id } from '#lib/id'
import type { Context } from '#platform/context'

/** Up to where a person has read: the `notifications` marker, once there is one; until then nothing is read. */
export async function findReadUpTo(_ctx: Context, _accountId: Id): Promise<Id> {
  return '0'
}
