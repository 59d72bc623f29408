import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from './commands.ts'

/** `tootctl help` of Mastodon 4.7, by its own words. */
const TOOTCTL =
  `accounts approve, accounts backup, accounts create, accounts cull, accounts delete, accounts fix-duplicates, accounts follow,
accounts merge, accounts migrate, accounts modify, accounts prune, accounts refresh, accounts reset-relationships, accounts rotate, accounts unfollow,
cache clear, cache recount, canonical-email-blocks find, canonical-email-blocks remove, domains crawl, domains purge, email-domain-blocks add,
email-domain-blocks list, email-domain-blocks remove, emoji export, emoji import, emoji purge, feeds build, feeds clear, feeds vacuum, ip-blocks add,
ip-blocks export, ip-blocks remove, maintenance fix-duplicates, media lookup, media refresh, media remove, media remove-orphans, media usage,
preview-cards remove, search deploy, self-destruct, settings registrations approved, settings registrations close, settings registrations open,
statuses remove, upgrade storage-schema, version`
    .split(/,\s+/)
    .toSorted()

const page = readFileSync(join(import.meta.dirname, '../../../docs/operating.md'), 'utf8')
const rows = [...page.matchAll(/^\| `([a-z][\w -]*?)` +\| (?:`hamlet ([^`]+)`|–) +\|(.*)\|$/gm)].map((match) => ({
  tootctl: match[1] as string,
  ours: match[2],
  remarks: (match[3] ?? '').trim(),
}))

test('every command of tootctl is in the table of the operating page, once', () => {
  expect(rows.map(({ tootctl }) => tootctl).toSorted()).toEqual(TOOTCTL)
})

test('what the table names is there, and what is not there has a reason', () => {
  const names = new Set([...commands.map(({ name }) => name), '--version'])
  expect(rows.filter(({ ours }) => ours !== undefined && !names.has(ours))).toEqual([])
  expect(rows.filter(({ ours, remarks }) => ours === undefined && remarks === '')).toEqual([])
})

test('a command that deletes can be tried dry, and every one that tells something does so in JSON', () => {
  const silent = new Set(['start'])
  expect(commands.filter(({ name, options }) => !silent.has(name) && !('json' in options))).toEqual([])
  const deleting = commands.filter(({ usage }) => /\b(?:Deletes|Lets go of|Ends what)\b/.test(usage))
  expect(deleting.map(({ name }) => name)).toEqual(expect.arrayContaining(['media remove', 'media remove-orphans']))
  const refetched = new Set(['media refresh'])
  expect(deleting.filter(({ name, options }) => !refetched.has(name) && !('dry-run' in options))).toEqual([])
})

test('every command begins its help with its own name', () => {
  expect(commands.filter(({ name, usage }) => !usage.startsWith(`hamlet ${name}`))).toEqual([])
})
