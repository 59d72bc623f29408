import { SEARCH_OPERATORS, SEARCH_VALUES, type SearchOperator } from '@hamlet/contract/text'
import { me } from '../../app/session.ts'
import { language, t } from '../../i18n/words.ts'

export type Hint = { write: string; says: string }

/** What an operator is for, in a few words. */
function sayOperator(name: SearchOperator): string {
  if (name === 'from') return t('search.from', 'a person, or me')
  if (name === 'to') return t('search.to', 'a person it mentions')
  if (name === 'mentions') return t('search.mentions', 'the same as to:')
  if (name === 'before') return t('search.before', 'a day, 2026-01-31')
  if (name === 'after') return t('search.after', 'a day')
  if (name === 'during') return t('search.during', 'on that day')
  if (name === 'has') return t('search.suchAs', '{examples}…', { examples: 'image, poll, link' })
  if (name === 'is') return t('search.is', 'reply, sensitive')
  if (name === 'in') return t('search.in', 'where to look')
  return t('search.language', 'en, pt, ja…')
}

/** Every operator of the server, as it is written; `mentions` is another name for `to`. */
export function operatorHints(): Hint[] {
  const named = SEARCH_OPERATORS.filter((name) => name !== 'mentions' && name !== 'in')
  return [
    ...named.map((name) => ({ write: `${name}:`, says: sayOperator(name) })),
    { write: 'in:library', says: sayPlace('library') },
    { write: 'in:bookmarks', says: sayPlace('bookmarks') },
    { write: '"', says: t('search.phrase', 'words in this order') },
    { write: '-', says: t('search.not', 'not what follows') },
  ]
}

function sayPlace(place: (typeof SEARCH_VALUES.in)[number]): string {
  if (place === 'library') return t('search.inLibrary', 'yours, and saved')
  if (place === 'bookmarks') return t('search.inBookmarks', 'what you kept')
  if (place === 'public') return t('search.inPublic', 'public posts of people who allow it')
  return t('search.inAll', 'everything you may search')
}

function sayAttachment(value: (typeof SEARCH_VALUES.has)[number]): string {
  if (value === 'media') return t('search.hasMedia', 'pictures, videos or sound')
  if (value === 'image') return t('search.hasImage', 'pictures')
  if (value === 'video') return t('search.hasVideo', 'videos')
  if (value === 'audio') return t('search.hasAudio', 'sound')
  if (value === 'poll') return t('search.hasPoll', 'a poll')
  return t('search.hasLink', 'a link with a card')
}

const DAY_MS = 86_400_000
const dayBack = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

function dayHints(name: string): Hint[] {
  return [
    { write: `${name}:${dayBack(0)}`, says: t('search.today', 'today') },
    { write: `${name}:${dayBack(7)}`, says: t('search.weekAgo', 'a week ago') },
    { write: `${name}:${dayBack(30)}`, says: t('search.monthAgo', 'thirty days ago') },
  ]
}

function languageHints(): Hint[] {
  const own = [me.peek().source.language, language(), ...navigator.languages].map((tag) => tag?.split('-')[0] ?? '')
  const names = new Intl.DisplayNames([language()], { type: 'language' })
  return [...new Set(own)].filter(Boolean).map((tag) => ({ write: `language:${tag}`, says: names.of(tag) ?? tag }))
}

function hintsOf(name: string): Hint[] {
  if (name === 'has')
    return SEARCH_VALUES.has
      .filter((value) => value !== 'embed')
      .map((value) => ({ write: `has:${value}`, says: sayAttachment(value) }))
  if (name === 'is')
    return [
      { write: 'is:reply', says: t('search.isReply', 'a reply') },
      { write: 'is:sensitive', says: t('search.isSensitive', 'marked as sensitive') },
    ]
  if (name === 'in') return SEARCH_VALUES.in.map((place) => ({ write: `in:${place}`, says: sayPlace(place) }))
  if (name === 'language') return languageHints()
  return name === 'before' || name === 'after' || name === 'during' ? dayHints(name) : []
}

/** How the operator that is being typed can go on; nothing for a word that is none. */
export function valueHints(word: string): Hint[] {
  const [, minus = '', name = '', value = ''] = /^(-?)(\p{L}+):(\S*)$/u.exec(word) ?? []
  return hintsOf(name.toLowerCase())
    .filter(({ write }) => write.startsWith(`${name.toLowerCase()}:${value.toLowerCase()}`))
    .map(({ write, says }) => ({ write: `${minus}${write}`, says }))
}

/** The person whose name is being typed behind `from:` or `to:`; undefined elsewhere. */
export function personTyped(word: string): { operator: string; text: string } | undefined {
  const [, operator, text = ''] = /^(-?(?:from|to|mentions):)@?(\S*)$/i.exec(word) ?? []
  return operator === undefined ? undefined : { operator, text }
}
