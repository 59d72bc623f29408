import type { CustomEmoji } from '@hamlet/contract/emoji'
import { findShortcodes } from '@hamlet/contract/shortcodes'
import type { ComponentChildren } from 'preact'
import { savesData } from '../app/reading.ts'

type Shown = Pick<CustomEmoji, 'shortcode' | 'url' | 'static_url'>

/** A custom emoji in a line of text. It stands still until it is hovered, or what it stands in is focused. */
export function Emoji({ emoji }: { emoji: Shown }) {
  const name = `:${emoji.shortcode}:`
  const moves = emoji.url !== emoji.static_url && !savesData()
  return (
    <span class={moves ? 'emoji emoji-moves' : 'emoji'}>
      <img class="emoji-still" src={emoji.static_url} alt={name} title={name} loading="lazy" draggable={false} />
      {moves && <img class="emoji-moving" src={emoji.url} alt="" title={name} loading="lazy" draggable={false} />}
    </span>
  )
}

type TextProps = {
  text: string
  /** What was kept by an older version of the page may have none. */
  emojis: readonly Shown[] | undefined
  /** How what is no emoji is written. */
  write?: (text: string) => ComponentChildren
}

/** Text with its emoji in place. Names that the server knows no picture for stay as they were written. */
export function EmojiText({ text, emojis, write = (text) => text }: TextProps) {
  return <>{emojis === undefined || emojis.length === 0 ? write(text) : splitEmojis(text, emojis, write)}</>
}

function splitEmojis(
  text: string,
  emojis: readonly Shown[],
  write: (text: string) => ComponentChildren,
): ComponentChildren[] {
  const known = new Map(emojis.map((emoji) => [emoji.shortcode, emoji]))
  const parts: ComponentChildren[] = []
  let from = 0
  for (const { start, end, shortcode } of findShortcodes(text)) {
    const emoji = known.get(shortcode)
    if (!emoji) continue
    if (start > from) parts.push(write(text.slice(from, start)))
    parts.push(<Emoji key={start} emoji={emoji} />)
    from = end
  }
  parts.push(write(text.slice(from)))
  return parts
}
