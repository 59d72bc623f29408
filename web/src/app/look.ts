import { signal } from '@preact/signals'
import { WORN, wornNames, writeWorn } from '../lib/worn.ts'

/** How pages look on this device: the app, and by a cookie what the server draws. */
export type Look = {
  theme: 'auto' | 'light' | 'dark' | 'black'
  contrast: 'auto' | 'normal' | 'high'
  accent: 'sea' | 'lagoon' | 'pine' | 'moss' | 'amber' | 'brick' | 'rose' | 'iris'
  /** Percent of the usual size of text. */
  textSize: number
  motion: 'auto' | 'less'
  density: 'comfortable' | 'compact'
  font: 'system' | 'readable'
  /** Every link underlined, not only those within words. */
  underlines: boolean
}

export const usualLook: Look = {
  theme: 'auto',
  contrast: 'auto',
  accent: 'sea',
  textSize: 100,
  motion: 'auto',
  density: 'comfortable',
  font: 'system',
  underlines: false,
}
export const TEXT_SIZES = [85, 100, 115, 130, 150, 175, 200] as const

/** Where the device keeps it, for whoever used it last. */
export const LOOK_KEPT = 'hamlet-look'

function read(): Look {
  try {
    return { ...usualLook, ...(JSON.parse(localStorage.getItem(LOOK_KEPT) ?? '{}') as Partial<Look>) }
  } catch {
    return usualLook
  }
}

export const look = signal<Look>(usualLook)

/** Puts the kept look on, before anything is drawn. */
export function startLook(): void {
  look.value = read()
  wear(look.value)
}

export function changeLook(change: Partial<Look>): void {
  look.value = { ...look.value, ...change }
  localStorage.setItem(LOOK_KEPT, JSON.stringify(look.value))
  wear(look.value)
}

const ONE_YEAR_S = 31_536_000

/** Puts a look on the page, and tells the server how to draw the next one. */
function wear(worn: Look): void {
  const attributes = attributesOf(worn)
  for (const name of wornNames) {
    const value = attributes[name]
    if (value === undefined) document.documentElement.removeAttribute(name)
    else document.documentElement.setAttribute(name, value)
  }
  const told = writeWorn(attributes)
  document.cookie = `${WORN}=${told}; path=/; max-age=${told === '' ? 0 : ONE_YEAR_S}; samesite=lax`
}

/** What is not as usual, as attributes of the root. */
function attributesOf({ underlines, textSize, ...rest }: Look): Record<string, string> {
  const { theme, contrast, accent, motion, density, font } = usualLook
  const usual: Record<string, string> = { theme, contrast, accent, motion, density, font, underlines: '', text: '100' }
  const given = { ...rest, underlines: underlines ? 'all' : '', text: String(textSize) }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === usual[name] ? [] : [[`data-${name}`, value]])),
  )
}
