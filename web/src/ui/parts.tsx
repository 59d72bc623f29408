import type { ComponentChildren } from 'preact'
import type { IconName } from '../../sprite.ts'

/** An icon of the sprite; it says nothing to a screen reader, so words stand beside it. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg class={small ? 'icon icon-small' : 'icon'} aria-hidden="true">
      <use href={`/icons.svg#${name}`} />
    </svg>
  )
}

export function Avatar({ src, size }: { src: string; size: number }) {
  return <img class="avatar" src={src} alt="" width={size} height={size} loading="lazy" />
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' })
const shortFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A moment in words that stay true however long the page is kept. */
export function Time({ at, short = false }: { at: string; short?: boolean }) {
  const text = short ? shortFormat.format(new Date(at)) : `${dayFormat.format(new Date(at))} UTC`
  return <time dateTime={at}>{text}</time>
}

/** `3 replies`, `1 reply`; nothing for none. */
export function countOf(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <span class="tile">
        <Icon name="compass" />
      </span>
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  )
}
