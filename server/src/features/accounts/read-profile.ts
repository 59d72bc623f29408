import { countCharacters } from '@hamlet/contract/text'
import { readHost } from '#lib/host'
import { invalid } from '#lib/refusal'

/** mastodon-limits 2. */
const LONGEST = { displayName: 40, note: 500, fieldName: 255, fieldValue: 255, description: 150 }
const MOST_FIELDS = 4
const MOST_DOMAINS = 100

type Fault = { error: string; description: string }
export type Faults = Record<string, Fault[]>
export type NewField = { name: string; value: string }

/** Collects what is wrong with each part of a profile, so that a person is told all of it at once (mastodon-api 1.0, 422). */
export class ProfileFaults {
  private readonly found: Faults = {}

  add(field: string, error: string, description: string): void {
    this.found[field] = [...(this.found[field] ?? []), { error, description }]
  }

  /** A text as it is kept: without what surrounds it, and no longer than it may be. */
  text(field: string, text: string | undefined, most: number): string | undefined {
    if (text === undefined) return undefined
    const kept = clean(text)
    if (Array.from(kept).length > most) this.add(field, 'ERR_TOO_LONG', tooLong(most))
    return kept
  }

  refuse(): void {
    const [first] = Object.entries(this.found)
    if (!first) return
    const [field, faults] = first
    const label = field.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())
    throw invalid(`Validation failed: ${label} ${faults[0]?.description}`, { details: this.found })
  }
}

function tooLong(most: number): string {
  return `is too long (maximum is ${most} characters)`
}

/** PostgreSQL keeps no NUL, and half a surrogate pair is no character. */
function clean(text: string): string {
  return text.replaceAll('\0', '').replaceAll(/\r\n?/g, '\n').toWellFormed().trim()
}

export type ProfileTexts = {
  displayName?: string | undefined
  note?: string | undefined
  fields?: readonly NewField[] | undefined
  avatarDescription?: string | undefined
  headerDescription?: string | undefined
  /** Hosts whose pages may name this account as their author, as they are typed. */
  attributionDomains?: readonly string[] | undefined
}

/** Checks and cleans what a person writes about themself. Refuses with every fault found. */
export function readProfile(texts: ProfileTexts) {
  const faults = new ProfileFaults()
  const read = {
    displayName: faults.text('display_name', texts.displayName?.replaceAll(/\s+/g, ' '), LONGEST.displayName),
    note: texts.note === undefined ? undefined : readNote(texts.note, faults),
    fields: texts.fields && readFields(texts.fields, faults),
    avatarDescription: faults.text('avatar_description', texts.avatarDescription, LONGEST.description),
    headerDescription: faults.text('header_description', texts.headerDescription, LONGEST.description),
    attributionDomains: texts.attributionDomains && readDomains(texts.attributionDomains, faults),
  }
  faults.refuse()
  return read
}

/** As they are typed, with or without what surrounds a name: `https://Example.org/blog` is `example.org`. */
function readDomains(given: readonly string[], faults: ProfileFaults): string[] {
  const typed = given.map((text) => clean(text)).filter((text) => text !== '')
  const hosts = typed.map((text) =>
    readHost(
      text
        .replace(/^https?:\/\//i, '')
        .replace(/\/.*$/, '')
        .replace(/^\*\./, ''),
    ),
  )
  const read = [...new Set(hosts.filter((host) => host !== undefined))]
  if (hosts.includes(undefined)) faults.add('attribution_domains', 'ERR_INVALID', 'contain a name that is no domain')
  if (read.length > MOST_DOMAINS) faults.add('attribution_domains', 'ERR_TOO_LONG', `may be ${MOST_DOMAINS} at most`)
  return read
}

/** Links and mentions count as in posts, whatever their length. */
function readNote(text: string, faults: ProfileFaults): string {
  const note = clean(text)
  if (countCharacters(note) > LONGEST.note) faults.add('note', 'ERR_TOO_LONG', tooLong(LONGEST.note))
  return note
}

function readFields(given: readonly NewField[], faults: ProfileFaults): NewField[] {
  const fields = given
    .map(({ name, value }) => ({
      name: clean(name).replaceAll(/\s+/g, ' '),
      value: clean(value).replaceAll(/\s+/g, ' '),
    }))
    .filter(({ name, value }) => name !== '' || value !== '')
  if (fields.length > MOST_FIELDS) faults.add('fields', 'ERR_TOO_LONG', `may be ${MOST_FIELDS} at most`)
  if (fields.some((field) => field.name === '')) faults.add('fields', 'ERR_BLANK', 'need a name each')
  for (const { name, value } of fields) {
    faults.text('fields', name, LONGEST.fieldName)
    faults.text('fields', value, LONGEST.fieldValue)
  }
  return fields
}
