/**
 * How the root of a page wears a look: attributes that tokens.css and base.css read; what is usual has none. A cookie tells
 * them to the server, so that what it draws looks so from the first moment.
 */
export const WORN = 'hamlet-look'

const VALUES: Record<string, readonly string[]> = {
  'data-theme': ['light', 'dark', 'black'],
  'data-contrast': ['normal', 'high'],
  'data-accent': ['lagoon', 'pine', 'moss', 'amber', 'brick', 'rose', 'iris'],
  'data-motion': ['less'],
  'data-density': ['compact'],
  'data-font': ['readable'],
  'data-underlines': ['all'],
  'data-text': ['85', '115', '130', '150', '175', '200'],
}
export const wornNames: readonly string[] = Object.keys(VALUES)

/** `data-theme` is `dark`, `data-text` is `130`: `theme.dark~text.130`. */
export function writeWorn(worn: Record<string, string>): string {
  return Object.entries(worn)
    .map(([name, value]) => `${name.slice('data-'.length)}.${value}`)
    .join('~')
}

/** The attributes that a cookie says; what is none of them, or has another value, is left out. */
export function readWorn(cookie: string | undefined): Record<string, string> {
  const parts = (cookie ?? '').split('~').map((part) => part.split('.'))
  return Object.fromEntries(
    parts.flatMap(([name = '', value = '']) =>
      VALUES[`data-${name}`]?.includes(value) ? [[`data-${name}`, value]] : [],
    ),
  )
}
