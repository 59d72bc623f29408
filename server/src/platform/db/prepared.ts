import type { Compilable, CompiledQuery } from 'kysely'
import type { Db } from './pool.ts'

/** Stands in for a parameter while a query is built. */
class Mark {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query that is built once and run often: to build one takes longer than to look a row up by its key.
 * `build` passes each parameter on as it is and depends on nothing else that changes. Gives all rows.
 */
export function prepared<P extends string, T>(
  build: (db: Db, params: Record<P, string>) => Compilable<T>,
): (db: Db, params: Record<P, string>) => Promise<T[]> {
  const marks = new Proxy({} as Record<P, string>, { get: (_target, name) => new Mark(String(name)) })
  let compiled: CompiledQuery<T> | undefined
  return async (db, params) => {
    compiled ??= build(db, marks).compile()
    const parameters = compiled.parameters.map((one) => (one instanceof Mark ? params[one.name as P] : one))
    return (await db.executeQuery<T>({ ...compiled, parameters })).rows
  }
}
