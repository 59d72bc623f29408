/**
 * Gathers every message of the web app into `locales/<language>/<room>.po`: English as the source, the other languages
 * with what is translated already. `--check` writes nothing, and fails where a catalogue is not what the code says.
 */
import { parseSync } from 'oxc-parser'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createPoFile, createItem, parsePo, stringifyPo } from 'pofile-ts'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { findMessages, knownLanguages } from '../web/messages.ts'

const root = join(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')
const faults: string[] = []

type Entry = { id: string; english: string; files: Set<string> }

function gather(): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const file of globSync('web/src/**/*.{ts,tsx}', { cwd: root }).toSorted()) {
    if (/\.test\.tsx?$/.test(file) || file.endsWith('i18n/words.ts')) continue
    const { program } = parseSync(file, readFileSync(join(root, file), 'utf8'))
    for (const { id, english } of findMessages(program, file)) {
      const known = entries.get(id)
      if (known && known.english !== english) faults.push(`${file}: ${id} has two English texts`)
      const entry = known ?? { id, english, files: new Set<string>() }
      entry.files.add(relative('web/src', file))
      entries.set(id, entry)
      if (!/^[a-z][\w-]*\.[\w-]+$/i.test(id)) faults.push(`${file}: ${id} should be room.what`)
      try {
        compileMessageOrThrow(english)
      } catch (error) {
        faults.push(`${file}: ${id}: ${(error as Error).message}`)
      }
    }
  }
  return entries
}

function read(path: string): Map<string, string> {
  try {
    return new Map(parsePo(readFileSync(path, 'utf8')).items.map((item) => [item.msgctxt ?? '', item.msgstr[0] ?? '']))
  } catch {
    return new Map()
  }
}

function render(language: string, entries: readonly Entry[], known: Map<string, string>): string {
  const po = createPoFile()
  po.headers = { Language: language, 'Content-Type': 'text/plain; charset=UTF-8', 'Content-Transfer-Encoding': '8bit' }
  for (const entry of entries) {
    const item = createItem()
    item.msgctxt = entry.id
    item.msgid = entry.english
    item.msgstr = [language === 'en' ? entry.english : (known.get(entry.id) ?? '')]
    item.references = [...entry.files]
    po.items.push(item)
  }
  return `${stringifyPo(po, { foldLength: 0 }).trimEnd()}\n`
}

const entries = gather()
const rooms = Map.groupBy(
  [...entries.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  ({ id }) => id.split('.')[0] ?? '',
)
const languages = ['en', ...knownLanguages()]
for (const language of languages) {
  const folder = join(root, 'locales', language)
  mkdirSync(folder, { recursive: true })
  for (const [room, list] of rooms) {
    const path = join(folder, `${room}.po`)
    const known = read(path)
    const text = render(language, list, known)
    const before = globSync(path).length > 0 ? readFileSync(path, 'utf8') : ''
    if (before === text) continue
    if (isCheck) faults.push(`locales/${language}/${room}.po is not what the code says: run \`npm run messages\``)
    else writeFileSync(path, text)
  }
}
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exit(1)
console.log(`${entries.size} messages in ${rooms.size} rooms, ${languages.length} languages`)
