import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'

type Schema = {
  $ref?: string
  type?: string | readonly string[]
  enum?: readonly unknown[]
  required?: readonly string[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema
  oneOf?: readonly Schema[]
  [keyword: string]: unknown
}
type Entities = Record<string, Schema>
type Answers = Record<string, { content?: { 'application/json': { schema: Schema } } }>
type Document = {
  paths: Record<string, Record<string, { responses: Answers }>>
  components: { schemas: Entities }
}

/** What the description promises of one route: by status, the check of its JSON, or nothing where it names none. */
export type Operation = ReadonlyMap<number, ValidateFunction | undefined>

/** The description, and what answers that were held against it have shown so far. */
export type Facts = {
  /** A route of ours in the description, whatever its parameters are called there. */
  find: (method: string, path: string) => Operation | undefined
  /** The check of one entity, for an answer that the description gives no schema. */
  entity: (name: string) => ValidateFunction
  /** Optional properties that no answer so far had, of every entity that some answer had. */
  neverSent: () => string[]
}

/** Formats are read loosely: an app must be able to use the value, no more. */
const formats = {
  uri: (text: string) => URL.canParse(text),
  email: /.@./,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  'iso-639-1': /^[a-z]{2,3}(-\w+)*$/,
}

export function readFacts(): Facts {
  const file = join(import.meta.dirname, 'fixtures/mastodon-openapi.json')
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as Document
  const sent = new Map<string, { known: string[]; seen: Set<string> }>()
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, inlineRefs: false, formats })
  ajv.addKeyword({
    keyword: 'sent',
    validate: (at: string, value: unknown, schema?: Schema) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return true
      const optional = Object.keys(schema?.properties ?? {}).filter((name) => !schema?.required?.includes(name))
      const entry = sent.get(at) ?? { known: optional, seen: new Set() }
      for (const [key, part] of Object.entries(value)) if (part !== null) entry.seen.add(key)
      sent.set(at, entry)
      return true
    },
  })
  const entities = components.schemas
  for (const [name, schema] of Object.entries(entities)) ajv.addSchema(prepare(schema, name, entities), name)
  const operations = new Map<string, Operation>()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { responses }] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${withoutNames(path)}`
      const checks = Object.entries(responses).map(([status, { content }]) => {
        const schema = content?.['application/json'].schema
        return [Number(status), schema && ajv.compile(prepare(schema, name, entities))] as const
      })
      operations.set(name, new Map(checks))
    }
  return {
    find: (method, path) => operations.get(`${method} ${withoutNames(path)}`),
    entity: (name) => ajv.compile({ $ref: name }),
    neverSent: () =>
      [...sent].flatMap(([at, { known, seen }]) =>
        known.filter((name) => !seen.has(name)).map((name) => `${at}.${name}: never sent`),
      ),
  }
}

/** What an answer has otherwise than described: entity, property, and in which way. */
export function findDifferences(check: ValidateFunction, answer: unknown): string[] {
  if (check(answer)) return []
  return [...new Set((check.errors ?? []).filter((error) => error.keyword !== 'if').map(name))]
}

function name({ keyword, params, parentSchema, data }: ErrorObject): string {
  const at = String(parentSchema?.title)
  if (keyword === 'required') return `${at}.${params.missingProperty}: missing`
  if (data === null) return `${at}: null`
  if (keyword === 'type') return `${at}: no ${params.type}`
  if (keyword === 'format') return `${at}: no ${params.format}`
  return `${at}: ${JSON.stringify(data)} is not in the ${keyword}`
}

const withoutNames = (path: string) => path.replaceAll(/:\w+|\{\w+\}/g, '{}')

/** Names every place, so that an error says where it belongs, and has every object note what it was given. */
function prepare(schema: Schema, at: string, entities: Entities): Schema {
  const { $ref, oneOf, properties, items, additionalProperties, ...rest } = schema
  const inner = (part: Schema, place: string) => prepare(part, place, entities)
  const target = $ref?.split('/').at(-1)
  const meant = target === undefined ? undefined : entities[target]
  if (meant?.properties) return { $ref: target as string }
  if (meant) return inner(allowNull({ ...meant, ...rest }), at)
  if (oneOf) return choose(oneOf, at, entities)
  return {
    ...rest,
    title: at,
    ...(properties && {
      sent: at,
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, part]) => [key, inner(part, `${at}.${key}`)]),
      ),
    }),
    ...(items && { items: inner(items, `${at}[]`) }),
    ...(additionalProperties && { additionalProperties: inner(additionalProperties, `${at}.*`) }),
  }
}

/** The description writes "one of these words, or null" as a list of words beside a type that takes null. */
function allowNull(schema: Schema): Schema {
  return schema.enum && schema.type?.includes('null') ? { ...schema, enum: [...schema.enum, null] } : schema
}

/**
 * One of several, told apart by a property that only one of them has; the first is meant where none is there. Asking
 * all of them, as `oneOf` does, would blame an answer for not being what it does not mean to be.
 */
function choose(options: readonly Schema[], at: string, entities: Entities): Schema {
  const [first = {}, ...others] = options.filter((option) => option.type !== 'null')
  const meant = others.reduce<Schema>(
    (otherwise, option) => {
      const marks = keysOf(option, entities).filter((key) => !keysOf(first, entities).includes(key))
      const isMeant = { anyOf: marks.map((key) => ({ required: [key] })) }
      return {
        allOf: [
          { if: isMeant, else: otherwise },
          { if: { not: isMeant }, else: prepare(option, at, entities) },
        ],
      }
    },
    prepare(first, at, entities),
  )
  const mayBeNull = options.some((option) => option.type === 'null')
  return mayBeNull ? { if: { type: 'null' }, else: meant } : meant
}

function keysOf({ $ref = '' }: Schema, entities: Entities): string[] {
  return Object.keys(entities[$ref.split('/').at(-1) ?? '']?.properties ?? {})
}
