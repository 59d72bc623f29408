import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A database of the test cluster without any table. */
export async function makeEmptyDatabase(): Promise<AsyncDisposable & { url: string; name: string }> {
  const name = `empty_${randomBytes(6).toString('hex')}`
  await ask(`create database ${name}`)
  return {
    name,
    url: inject('adminUrl').replace('/postgres?', `/${name}?`),
    [Symbol.asyncDispose]: () => ask(`drop database ${name} with (force)`),
  }
}

async function ask(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
