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

const VIRTUAL = 'virtual:messages'

/** Compiles the English in code, and serves a module of catalogues by language. */
export function messages(): Plugin {
  return {
    name: 'hamlet-messages',
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${VIRTUAL}`) {
        const lines = knownLanguages().map((one) => `'${one}': () => import('${VIRTUAL}/${one}')`)
        return `export const catalogues = { ${lines.join(', ')} }`
      }
      if (id.startsWith(`\0${VIRTUAL}/`))
        return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(compileCatalogue(id.slice(VIRTUAL.length + 2))))})`
      return undefined
    },
    transform(code, id) {
      if (!/\/web\/src\/.*\.tsx?$/.test(id.split('?')[0] ?? '') || !/\b(?:t|rich)\(/.test(code)) return undefined
      let out = code
      for (const message of findMessages(this.parse(code), id).toReversed())
        out =
          out.slice(0, message.start) + JSON.stringify(compileMessageOrThrow(message.english)) + out.slice(message.end)
      return { code: out, map: null }
    },
  }
}
