/**
 * Gathers every message of the web app into `locales/<language>/<room>.po`: English as the source, the other languages
 * with what is translated already; prints how much that is. `--check` writes nothing, and fails where a catalogue is not
 * what the code says, where a translation cannot be read, and where a TSX file shows words without a message function.
 */
import { parseSync } from 'oxc-parser'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createPoFile, createItem, parsePo, stringifyPo } from 'pofile-ts'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { findMessages, knownLanguages } from '../web/messages.ts'
import { findPlainWords } from './plain-words.ts'

const root = join(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')
const faults: string[] = []

type Entry = { id: string; english: string; files: Set<string> }

function gather(): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const file of globSync('web/src/**/*.{ts,tsx}', { cwd: root }).toSorted()) {
    if (/\.test\.tsx?$/.test(file) || file.endsWith('i18n/words.ts')) continue
    const source = readFileSync(join(root, file), 'utf8')
    if (file.endsWith('.tsx'))
      for (const words of findPlainWords(file, source)) faults.push(`${words}: shown without t() or rich()`)
    const { program } = parseSync(file, source)
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

/** What a message holds beside its words: its values, by name. */
function valuesOf(message: unknown): string[] {
  if (!Array.isArray(message)) return []
  const names = message.flatMap((part: unknown) => {
    if (!Array.isArray(part)) return []
    const [name, , forms] = part as [string, string?, Record<string, unknown>?]
    return [name, ...(typeof forms === 'object' ? Object.values(forms).flatMap(valuesOf) : [])]
  })
  return [...new Set(names)].toSorted()
}

/** Spanish and French have one for millions alone, which are said as any other number here. */
const isSpared = (language: string, form: string) => form === 'many' && language !== 'ar'

/** What is wrong with a translation: a value that the code does not give, or one that is lost, or a plural without a form. */
function judge(language: string, english: string, words: string): string | undefined {
  let used: string[]
  try {
    used = valuesOf(compileMessageOrThrow(words))
  } catch (error) {
    return (error as Error).message
  }
  const given = valuesOf(compileMessageOrThrow(english))
  if (given.join() !== used.join()) return `has the values ${used.join()}, and the English has ${given.join()}`
  if (!/,\s*plural,/.test(words)) return undefined
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const missing = forms.filter((form) => !isSpared(language, form) && !new RegExp(`\\b${form} ?\\{`).test(words))
  return missing.length > 0 ? `lacks the plural forms ${missing.join()}` : undefined
}

const entries = gather()
const rooms = Map.groupBy(
  [...entries.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  ({ id }) => id.split('.')[0] ?? '',
)
const languages = ['en', ...knownLanguages()]
const completeness: string[] = []
for (const language of languages) {
  const folder = join(root, 'locales', language)
  let translated = 0
  mkdirSync(folder, { recursive: true })
  for (const [room, list] of rooms) {
    const path = join(folder, `${room}.po`)
    const known = read(path)
    for (const { id, english } of list) {
      const words = known.get(id)
      if (!words) continue
      translated += 1
      const fault = language === 'en' ? undefined : judge(language, english, words)
      if (fault) faults.push(`locales/${language}/${room}.po: ${id} ${fault}`)
    }
    const text = render(language, list, known)
    const before = globSync(path).length > 0 ? readFileSync(path, 'utf8') : ''
    if (before === text) continue
    if (isCheck) faults.push(`locales/${language}/${room}.po is not what the code says: run \`npm run messages\``)
    else writeFileSync(path, text)
  }
  completeness.push(`${language}: ${language === 'en' ? entries.size : translated} of ${entries.size}`)
}
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exit(1)
console.log(`${entries.size} messages in ${rooms.size} rooms, ${languages.length} languages`)
for (const line of completeness) console.log(line)
