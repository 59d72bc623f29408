import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCE = join(import.meta.dirname, '../web/src/app/screens.tsx')
const TEAM = join(import.meta.dirname, '../web/src/app/team/places.ts')

/** What the open parts of an address stand for, by the beginning of the address. */
export type Subjects = { acct: string; post: string; list: string; tag: string; report: string }

/** Addresses of the app as its own source has them: a new screen is in every walk from its first day. */
export function readPatterns(source = readFileSync(SOURCE, 'utf8'), team = readFileSync(TEAM, 'utf8')): string[] {
  const listed = [...source.matchAll(/\[\s*'(\/[^']*)',\s*\(/g)].map(([, path = '']) => path)
  const exact = [...source.matchAll(/path === '(\/[^']*)'/g)].map(([, path = '']) => path)
  const below = [...source.matchAll(/path\.startsWith\('(\/[^']*?)\/?'\)/g)].map(([, path = '']) => path)
  const settings = /SETTINGS =\s*\/\^\\\/settings\(\\\/\(([a-z|]+)\)\)\?\$\//.exec(source)?.[1]?.split('|') ?? []
  const places = [...team.matchAll(/ at\('(\/[^']*)'/g)].map(([, path = '']) => path)
  if (listed.length < 20 || settings.length === 0 || places.length < 3)
    throw new Error('screens.tsx or places.ts is written in another way now')
  const found = [...listed, ...exact, ...below, '/settings', ...settings.map((name) => `/settings/${name}`), ...places]
  return [...new Set([...found, '/moderation/sign-ups', '/moderation/reports/:id'])]
}

/** Where a screen is, with something to show. */
export function fill(pattern: string, subjects: Subjects): string {
  const id = pattern.startsWith('/lists/')
    ? subjects.list
    : pattern.startsWith('/moderation/')
      ? subjects.report
      : subjects.post
  const known = { ':acct': subjects.acct, ':name': subjects.tag, ':id': id, ':part': 'buttons' }
  const path = Object.entries(known).reduce((address, [open, value]) => address.replace(open, value), pattern)
  if (path.includes(':')) throw new Error(`Say in e2e/screens.ts what ${pattern} stands for`)
  return path === '/links' ? `${path}?url=${encodeURIComponent('https://example.org/tides')}` : path
}
