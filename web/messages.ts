import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePo } from 'pofile-ts'
import type { Plugin } from 'vite'

type Node = { type: string; start: number; end: number; [key: string]: unknown }
/** A message in code: `t('room.what', 'English')`; the offsets are those of the English. */
export type Message = { id: string; english: string; start: number; end: number }

/** All messages of a syntax tree (ESTree). A call without a literal id and English is a mistake and throws. */
export function findMessages(tree: unknown, file: string): Message[] {
  const found: Message[] = []
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (typeof node !== 'object' || node === null) return
    if ((node as Node).type === 'CallExpression') {
      const message = readCall(node as Node, file)
      if (message) found.push(message)
    }
    Object.values(node).forEach(walk)
  }
  walk(tree)
  return found
}

function readCall(call: Node, file: string): Message | undefined {
  const { name } = call.callee as { name?: string }
  if (name !== 't' && name !== 'rich') return undefined
  const [id, english] = call.arguments as (Node & { value?: unknown })[]
  if (typeof id?.value !== 'string' || typeof english?.value !== 'string')
    throw new Error(`${file}: ${name}() needs its id and its English as literals`)
  return { id: id.value, english: english.value, start: english.start, end: english.end }
}

const folder = join(import.meta.dirname, '..', 'locales')

/** The languages that have a folder, the source beside. */
export function knownLanguages(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'en')
    .map((entry) => entry.name)
}

/** The compiled catalogue of a language: what is not translated is not in it, and stays English. */
export function compileCatalogue(language: string): Record<string, unknown> {
  const files = readdirSync(join(folder, language)).filter((file) => file.endsWith('.po'))
  const items = files.flatMap((file) => parsePo(readFileSync(join(folder, language, file), 'utf8')).items)
  return Object.fromEntries(
    items
      .filter((item) => item.msgstr[0])
      .map((item) => [item.msgctxt ?? '', compileMessageOrThrow(item.msgstr[0] ?? '')]),
  )
}

/** Rooms of messages that the server alone says: they are in no catalogue of the browser's. */
const SERVER_ALONE = new Set(['entrance', 'letters', 'public', 'push', 'set-up'])
const roomOf = (id: string) => id.split('.')[0] ?? ''

/** Two invented languages, to see what is not in the catalogues: `en-XA` is long and full of accents, `ar-XB` is written from the right. */
const PSEUDO = ['en-XA', 'ar-XB']
const ACCENTS: Record<string, string> = Object.fromEntries(
  Array.from('abcdefghijklmnoprstuvwyzABCDEFGHIJKLMNOPRSTUVWYZ', (letter, at) => [
    letter,
    Array.from('áƀçðéƒĝĥíĵķļɱñöƥŕšţûṽŵýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞŔŠŢÛṼŴÝŽ')[at] ?? letter,
  ]),
)

/** Accents on each letter and a third more of them; values, and the names of plural forms, stay what they are. */
function disguise(message: unknown): unknown {
  if (typeof message === 'string') {
    const accented = Array.from(message, (letter) => ACCENTS[letter] ?? letter).join('')
    return /\p{L}/u.test(message) ? accented + '·'.repeat(Math.ceil(message.length / 3)) : message
  }
  if (!Array.isArray(message)) return message
  return message.map((part: unknown) => {
    if (!Array.isArray(part)) return disguise(part)
    const [name, type, forms] = part as [string, string?, Record<string, unknown>?]
    if (typeof forms !== 'object') return part
    return [name, type, Object.fromEntries(Object.entries(forms).map(([form, words]) => [form, disguise(words)]))]
  })
}

function compilePseudo(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(compileCatalogue('en')).map(([id, message]) => [id, disguise(message)]))
}

const VIRTUAL = 'virtual:messages'

/** Compiles the English in code, and serves a module of catalogues by language; in tests and development, of the invented ones too. */
export function messages({ hasPseudo = false } = {}): Plugin {
  let isForBrowsers = false
  const languages = () => [...knownLanguages(), ...(hasPseudo ? PSEUDO : [])]
  const compile = (language: string) => {
    const all = Object.entries(PSEUDO.includes(language) ? compilePseudo() : compileCatalogue(language))
    return Object.fromEntries(all.filter(([id]) => !isForBrowsers || !SERVER_ALONE.has(roomOf(id))))
  }
  return {
    name: 'hamlet-messages',
    config: (_, { command, isSsrBuild }) => void (isForBrowsers = command === 'build' && !isSsrBuild),
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${VIRTUAL}`) {
        const lines = languages().map((one) => `'${one}': () => import('${VIRTUAL}/${one}')`)
        return `export const catalogues = { ${lines.join(', ')} }`
      }
      if (id.startsWith(`\0${VIRTUAL}/`))
        return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(compile(id.slice(VIRTUAL.length + 2))))})`
      return undefined
    },
    transform(code, id) {
      if (!/\/web\/src\/.*\.tsx?$/.test(id.split('?')[0] ?? '') || !/\b(?:t|rich)\(/.test(code)) return undefined
      let out = code
      const found = findMessages(this.parse(code), id)
      const misplaced = isForBrowsers && found.find((message) => SERVER_ALONE.has(roomOf(message.id)))
      if (misplaced) throw new Error(`${id}: ${misplaced.id} is in the server's catalogues alone`)
      for (const message of found.toReversed())
        out =
          out.slice(0, message.start) + JSON.stringify(compileMessageOrThrow(message.english)) + out.slice(message.end)
      return { code: out, map: null }
    },
  }
}
