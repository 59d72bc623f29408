import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

type Tokens = Record<string, string>

/** The tokens of the first block with this selector. */
function block(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`)
  expect(start, selector).toBeGreaterThanOrEqual(0)
  const body = css.slice(start + selector.length + 2, css.indexOf('}', start))
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  ) as Tokens
}

/** oklch → relative luminance (CSS Color 4; WCAG 2.2, relative luminance). */
function luminance(color: string): number {
  const [l = 0, c = 0, h = 0] = (/oklch\(([^)]*)\)/.exec(color)?.[1] ?? '')
    .split(/\s+/)
    .map((part) => Number.parseFloat(part))
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)]
  const light = l / 100
  const long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (light - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  const red = clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short)
  const green = clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short)
  const blue = clip(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** A token with what it refers to put in, in one of the two schemes. */
function resolve(tokens: Tokens, name: string, scheme: 'light' | 'dark'): string {
  const value = (tokens[name] ?? '').replaceAll(/var\(--([\w-]+)\)/g, (_, other: string) =>
    resolve(tokens, other, scheme),
  )
  const pair = /light-dark\(\s*(oklch\([^)]*\)),\s*(oklch\([^)]*\))\s*\)/.exec(value)
  return pair ? (pair[scheme === 'light' ? 1 : 2] ?? '') : value
}

const usual = block(':root')
const high = { ...usual, ...block("[data-contrast='high']") }
const black = { ...usual, ...block("[data-theme='black']") }
const accents = ['lagoon', 'pine', 'moss', 'amber', 'brick', 'rose', 'iris']
const grounds = ['bg', 'surface', 'sunken', 'raised', 'accent-soft']
const inks = ['text', 'muted', 'accent', 'boost', 'fav', 'warn', 'danger']

type Case = [string, Tokens, 'light' | 'dark', number]
const cases: Case[] = [
  ['light', usual, 'light', 4.5],
  ['dark', usual, 'dark', 4.5],
  ['black', black, 'dark', 4.5],
  ['light, high contrast', high, 'light', 7],
  ['dark, high contrast', high, 'dark', 7],
  ...accents.flatMap((name): Case[] => {
    const tokens = { ...usual, ...block(`[data-accent='${name}']`) }
    return [
      [`${name}, light`, tokens, 'light', 4.5],
      [`${name}, dark`, tokens, 'dark', 4.5],
    ]
  }),
]

test.each(cases)('%s: every ink can be read on every ground', (_name, tokens, scheme, least) => {
  for (const ground of grounds)
    for (const ink of inks) {
      const found = contrast(resolve(tokens, ink, scheme), resolve(tokens, ground, scheme))
      expect(found, `${ink} on ${ground}`).toBeGreaterThanOrEqual(least)
    }
  for (const fill of ['accent-fill', 'danger-fill'])
    expect(contrast(resolve(tokens, 'on-accent', scheme), resolve(tokens, fill, scheme)), fill).toBeGreaterThanOrEqual(
      4.5,
    )
  for (const status of ['boost', 'fav', 'warn', 'danger'])
    expect(
      contrast(resolve(tokens, status, scheme), resolve(tokens, `${status}-soft`, scheme)),
      status,
    ).toBeGreaterThanOrEqual(4.5)
  expect(contrast(resolve(tokens, 'line-strong', scheme), resolve(tokens, 'surface', scheme))).toBeGreaterThanOrEqual(3)
})

test('high contrast by the system and by choice are one', () => {
  expect(block(":root:not([data-contrast='normal'])")).toEqual(block("[data-contrast='high']"))
})

/** The classes that a sheet has rules for, with what it imports. */
function classesOf(sheet: string): Set<string> {
  const text = readFileSync(join(import.meta.dirname, sheet), 'utf8')
  const parts = [...text.matchAll(/@import '\.\/([\w-]+\.css)'/g)].map(([, name = '']) =>
    readFileSync(join(import.meta.dirname, name), 'utf8'),
  )
  return new Set([text, ...parts].flatMap((css) => [...css.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name)))
}

test('what a list of posts draws is styled by the first sheet, not by one that comes later', () => {
  const [first, later] = [classesOf('main.css'), classesOf('rooms.css')]
  const posts = ['statuses/card.tsx', 'statuses/card', 'statuses/pictures.tsx', 'statuses/quote/quote.tsx']
  const drawn = [...posts, 'filters/filtered.tsx', 'polls/poll.tsx', 'polls/results.tsx', 'cards/link-card.tsx']
    .map((path) => join(import.meta.dirname, '../features', path))
    .flatMap((path) => (path.endsWith('.tsx') ? [path] : readdirSync(path).map((name) => join(path, name))))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/class=(?:"([^"]*)"|\{[`']([^`']*))/g)])
    .flatMap(([, plain = '', made = '']) => `${plain} ${made}`.split(/\s+/))
  expect(drawn).toContain('card-folded')
  expect(drawn.filter((name) => later.has(name) && !first.has(name))).toEqual([])
})

test('the test can fail: grey on white is too little', () => {
  expect(contrast('oklch(70% 0 0)', 'oklch(100% 0 0)')).toBeLessThan(4.5)
  expect(contrast('oklch(0% 0 0)', 'oklch(100% 0 0)')).toBeCloseTo(21, 1)
})

test('lines grow with the letters: no line height is in pixels', () => {
  const sheets = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.css'))
  const fixed = sheets.filter((name) =>
    /line-height:\s*[\d.]+px/.test(readFileSync(join(import.meta.dirname, name), 'utf8')),
  )
  expect(sheets.length).toBeGreaterThan(30)
  expect(fixed).toEqual([])
})
