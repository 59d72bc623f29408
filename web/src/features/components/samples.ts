import type { Account } from '@hamlet/contract/account'

/** What the parts of the interface say while they are looked at; it is for those who build, and is not translated. */
export const words = {
  lead: 'Everything that screens are built from, once. Change the theme, the text size or the direction in Settings and look again.',
  all: 'All parts',
  names: {
    buttons: 'Buttons',
    icons: 'Icon buttons',
    fields: 'Fields',
    choices: 'Choices',
    chips: 'Chips and badges',
    avatars: 'Avatars and names',
    tabs: 'Tabs',
    menu: 'Menu',
    dialog: 'Dialog',
    toast: 'Toast',
    text: 'Text',
    time: 'Time',
    states: 'States',
    colours: 'Colours',
  },
  primary: 'Primary',
  outline: 'Outline',
  soft: 'Quiet',
  link: 'Link',
  danger: 'Delete',
  busy: 'Posting…',
  small: 'Small 32',
  medium: 'Medium 40',
  large: 'Large 48',
  find: 'Find people',
  help: 'A name, or a handle of another server.',
  handle: 'Handle',
  missing: 'Handle is needed.',
  note: 'Note',
  agree: 'I agree to the rules',
  one: 'One of several',
  another: 'Another',
  onOff: 'On or off',
  originals: 'Originals',
  tag: '#tidepools',
  author: 'Author',
  group: 'Group',
  openMenu: 'Open a menu',
  copy: 'Copy link',
  why: 'Why is this here?',
  report: 'Report',
  openDialog: 'Open a dialog',
  blockTitle: 'Block fjord.example?',
  blockText: '12 people here lose someone they follow. We keep a list, so it can be put back within 30 days.',
  keep: 'Keep',
  block: 'Block server',
  showToast: 'Show a toast',
  deleted: 'Post deleted',
  undo: 'Undo',
  emptyTitle: 'Nothing here yet',
  emptyText: 'What it will be, and the one thing that can be done about it.',
  faultText: 'The server does not answer. Check your connection.',
  posts: 'Posts',
  replies: 'Replies',
  media: 'Media',
}

export const colours =
  'bg surface raised sunken line line-mid line-strong text muted accent accent-fill accent-soft boost fav warn danger'.split(
    ' ',
  )

const person = (id: string, display_name: string, acct: string) =>
  ({ id, username: acct.split('@')[0], acct, display_name, emojis: [], avatar: '/avatar.svg' }) as unknown as Account

export const people = [
  person('1', 'Inês', 'ines'),
  person('2', 'ليان درويش', 'layan@sahra.example'),
  person('3', 'Donaudampfschifffahrtselektrizität', 'dampf@fluss.example'),
]

export const html =
  '<p>Nine anemones in <strong>our pool</strong> this morning, <em>two more</em> than last week. See <a href="https://example.org/tides">the table</a>.</p><blockquote><p>The smallest would fit on a fingernail.</p></blockquote><ul><li>low water 06:12</li><li>high water 12:31</li></ul><pre><code>count = 9</code></pre>'
