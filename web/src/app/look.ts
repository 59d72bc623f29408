import { signal } from '@preact/signals'

/** How the page looks on this device. Public pages follow the system; the app follows this as well. */
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

/** Attributes that tokens.css and base.css read; what is usual has none. */
function wear({ theme, contrast, accent, textSize, motion, density, font, underlines }: Look): void {
  const root = document.documentElement
  const set = (name: string, value: string, usual: string) =>
    value === usual ? root.removeAttribute(name) : root.setAttribute(name, value)
  set('data-theme', theme, 'auto')
  set('data-contrast', contrast, 'auto')
  set('data-accent', accent, 'sea')
  set('data-motion', motion, 'auto')
  set('data-density', density, 'comfortable')
  set('data-font', font, 'system')
  set('data-underlines', underlines ? 'all' : '', '')
  set('data-text', String(textSize), '100')
}
