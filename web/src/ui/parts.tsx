import type { ComponentChildren } from 'preact'
import { dateInWords, t } from '../i18n/words.ts'
import type { IconName } from '../../sprite.ts'

/** What points along the line, or stands at its beginning: mirrored where a language is written from the right. */
const turns = new Set<IconName>(['reply', 'parent', 'chevron', 'back', 'send', 'leave', 'list', 'thread'])

/** An icon of the sprite; it says nothing to a screen reader, so words stand beside it. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg class={`icon${small ? ' icon-small' : ''}${turns.has(name) ? ' icon-turns' : ''}`} aria-hidden="true">
      <use href={`/icons.svg#${name}`} />
    </svg>
  )
}

export function Avatar({ src, size }: { src: string; size: number }) {
  return <img class="avatar" src={src} alt="" width={size} height={size} loading="lazy" />
}

function said(at: string, { short, day }: { short: boolean; day: boolean }): string {
  if (short) return dateInWords(at, { day: 'numeric', month: 'short', year: 'numeric' })
  if (day) return dateInWords(at, { dateStyle: 'long' })
  return t('ui.utc', '{time} UTC', { time: dateInWords(at, { dateStyle: 'full', timeStyle: 'short' }) })
}

/** A moment in words that stay true however long the page is kept. */
export function Time({ at, short = false, day = false }: { at: string; short?: boolean; day?: boolean }) {
  return <time dateTime={at}>{said(at, { short, day })}</time>
}

type EmptyProps = { title: string; icon?: IconName | undefined; children: ComponentChildren }

/** What stands where there is nothing; the icon is that of what would be there. */
export function Empty({ title, icon = 'compass', children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="tile">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  )
}
