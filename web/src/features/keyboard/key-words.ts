import { isApple, keyMap, keysOf, PALETTE_KEY, type KeyGroup, type KeyName } from '../../app/keys.ts'
import { t } from '../../i18n/words.ts'

const words: Record<KeyName, () => string> = {
  next: () => t('keyboard.next', 'Next post'),
  previous: () => t('keyboard.previous', 'Post before'),
  top: () => t('keyboard.top', 'To the top'),
  end: () => t('keyboard.end', 'To the end'),
  fresh: () => t('keyboard.fresh', 'Show new posts'),
  warnings: () => t('keyboard.warnings', 'Open or close all warnings of a thread'),
  open: () => t('keyboard.open', 'Open it'),
  reply: () => t('keyboard.reply', 'Reply'),
  boost: () => t('keyboard.boost', 'Boost, or take the boost back'),
  favourite: () => t('keyboard.favourite', 'Favourite, or no longer'),
  quote: () => t('keyboard.quote', 'Quote'),
  bookmark: () => t('keyboard.bookmark', 'Bookmark, or no longer'),
  fold: () => t('keyboard.fold', 'Open or close its warning, or what a filter folds'),
  mention: () => t('keyboard.mention', 'Write to the author'),
  picture: () => t('keyboard.picture', 'Look at its first picture'),
  author: () => t('keyboard.author', 'Profile of the author'),
  link: () => t('keyboard.link', 'Copy the link'),
  write: () => t('keyboard.write', 'New post'),
  search: () => t('keyboard.search', 'Search'),
  keys: () => t('keyboard.keys', 'This list'),
  goHome: () => t('keyboard.goHome', 'Home'),
  goNotifications: () => t('keyboard.goNotifications', 'Notifications'),
  goMentions: () => t('keyboard.goMentions', 'Mentions'),
  goExplore: () => t('keyboard.goExplore', 'Explore'),
  goLocal: () => t('keyboard.goLocal', 'Local'),
  goSearch: () => t('keyboard.goSearch', 'Search'),
  goProfile: () => t('keyboard.goProfile', 'Your profile'),
  goBookmarks: () => t('keyboard.goBookmarks', 'Bookmarks'),
  goFavourites: () => t('keyboard.goFavourites', 'Favourites'),
  goRequests: () => t('keyboard.goRequests', 'Requests to follow you'),
}

function groupName(group: KeyGroup): string {
  if (group === 'list') return t('keyboard.list', 'In a list')
  if (group === 'post') return t('keyboard.post', 'On the post that has the focus')
  return group === 'go' ? t('keyboard.go', 'Go to') : t('keyboard.anywhere', 'Anywhere')
}

/** The palette's own keys: `Ctrl k`, or `⌘ k` on Apple's systems. */
export function paletteKeys(): string[] {
  return [isApple ? '⌘' : t('keyboard.ctrl', 'Ctrl'), PALETTE_KEY]
}

type FeedKey = 'page' | 'leave'

/** What the feed itself listens to (`walkFeed`). */
function feedLines(): KeyLine[] {
  const ctrl = t('keyboard.ctrl', 'Ctrl')
  return [
    {
      name: 'page',
      says: t('keyboard.page', 'Next post, post before, in a timeline'),
      ways: [['PageDown'], ['PageUp']],
    },
    {
      name: 'leave',
      says: t('keyboard.leave', 'Out of the timeline'),
      ways: [
        [ctrl, 'End'],
        [ctrl, 'Home'],
      ],
    },
  ]
}

/** What something does, in words. */
export const wordsOfKey = (name: KeyName): string => words[name]()

/** Keys one after the other; each of `ways` does the same. Those of the palette and of a feed are no one's to change. */
export type KeyLine = { name: KeyName | FeedKey | 'palette'; says: string; ways: string[][] }

/** Every key of the app with what it does, by where it works. */
export function keyGroups(): { group: KeyGroup; title: string; lines: KeyLine[] }[] {
  const order: KeyGroup[] = ['list', 'post', 'anywhere', 'go']
  const names = Object.keys(keyMap) as KeyName[]
  return order.map((group) => ({
    group,
    title: groupName(group),
    lines: [
      ...names
        .filter((name) => keyMap[name].group === group)
        .map((name) => ({ name, says: words[name](), ways: keysOf(name).map((keys) => keys.split(' ')) })),
      ...(group === 'list' ? feedLines() : []),
      ...(group === 'anywhere'
        ? [{ name: 'palette' as const, says: t('keyboard.palette', 'Find anything and do it'), ways: [paletteKeys()] }]
        : []),
    ],
  }))
}
