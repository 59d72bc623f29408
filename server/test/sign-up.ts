import { makeStamp } from '#features/users'
import type { TestTown } from './test-town.ts'

/** What a person sends who took ten seconds to fill in the form. */
export function filledIn<T extends Record<string, string>>(town: TestTown, fields: T): T & { stamp: string } {
  return { ...fields, stamp: makeStamp(town.ctx, new Date(town.clock.now().getTime() - 10_000)) }
}
