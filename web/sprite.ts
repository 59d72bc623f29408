import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Our name for an icon → Lucide's. Only what is listed is shipped. */
const icons = {
  reply: 'reply',
  boost: 'repeat-2',
  favourite: 'heart',
  public: 'globe',
  unlisted: 'moon',
  private: 'users',
  direct: 'at-sign',
  link: 'link',
  warning: 'triangle-alert',
  chevron: 'chevron-right',
  compass: 'compass',
  home: 'house',
  options: 'sliders-horizontal',
  parent: 'corner-down-right',
  gap: 'unfold-vertical',
  quote: 'quote',
  copy: 'copy',
  outside: 'external-link',
  edited: 'pencil',
  why: 'circle-help',
  list: 'list',
  tag: 'hash',
  notifications: 'bell',
  local: 'radio',
  search: 'search',
  bookmark: 'bookmark',
  write: 'pen-line',
  person: 'user',
  leave: 'log-out',
  follow: 'user-plus',
  report: 'flag',
  close: 'x',
  back: 'arrow-left',
  up: 'arrow-up',
  down: 'chevron-down',
  more: 'ellipsis',
  share: 'share',
  thread: 'list-tree',
  reader: 'book-open',
  remove: 'trash-2',
  mute: 'bell-off',
  block: 'ban',
  picture: 'image-plus',
  poll: 'chart-bar-big',
  grip: 'grip-vertical',
  add: 'plus',
  under: 'arrow-down',
  focus: 'crosshair',
  recall: 'history',
  addPart: 'layers',
  undoTime: 'timer',
  send: 'send-horizontal',
  info: 'info',
  check: 'check',
  filter: 'funnel',
  inbox: 'inbox',
  fine: 'circle-check',
  fault: 'circle-x',
  emoji: 'smile-plus',
  play: 'play',
  readAll: 'check-check',
  adjust: 'sliders-horizontal',
  surge: 'waves',
  severed: 'unplug',
  year: 'calendar-heart',
  collection: 'library',
  offline: 'wifi-off',
  fresh: 'refresh-cw',
  settings: 'settings',
  key: 'key-round',
  shield: 'shield',
  book: 'book-open',
  palette: 'palette',
  language: 'languages',
  download: 'download',
  pin: 'pin',
  unpin: 'pin-off',
  verified: 'badge-check',
  told: 'bell-ring',
  endorse: 'star',
  letGo: 'user-x',
  keyboard: 'keyboard',
} as const

export type IconName = keyof typeof icons

/** One SVG file with a symbol per icon. */
export function buildSprite(): string {
  const folder = join(dirname(createRequire(import.meta.url).resolve('lucide-static/package.json')), 'icons')
  const symbols = Object.entries(icons).map(([name, file]) => {
    const svg = readFileSync(join(folder, `${file}.svg`), 'utf8')
    const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).trim()
    return `<symbol id="${name}" viewBox="0 0 24 24" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`
}
