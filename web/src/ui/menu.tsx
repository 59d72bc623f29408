import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { IconName } from '../../sprite.ts'
import { sayNotLoaded } from './later.tsx'
import { Avatar, Icon } from './parts.tsx'
import { holdMenu } from './place-menu.ts'

export type MenuItem = {
  label: string
  icon?: IconName
  /** The address of a face, in place of an icon, with the colour of its edge. */
  picture?: string
  accent?: string | undefined
  /** What choosing it means, under its name. */
  help?: string
  /** One of several. */
  isChosen?: boolean
  /** On or off by itself. */
  isChecked?: boolean
  isDangerous?: boolean
  run: () => void
}

type MenuProps = {
  /** What a screen reader calls the button. */
  label: string
  class?: string
  /** A function is asked when the menu opens. */
  items: MenuItem[] | (() => MenuItem[])
  /** What must have come before the items can be made; undefined when nothing must. */
  before?: () => Promise<unknown> | undefined
  align?: 'start' | 'end'
  children: ComponentChildren
}

/** A button that opens a list of acts (APG, menu button): arrows move, letters find, Escape closes and gives focus back. */
export function Menu({ label, items, before, children, align = 'end', ...rest }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLSpanElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLSpanElement>(null)
  const toggle = () => {
    const wait = isOpen ? undefined : before?.()
    if (wait) wait.then(() => setOpen(true), sayNotLoaded)
    else setOpen(!isOpen)
  }
  useHeld(isOpen, { root, button, list }, align, () => setOpen(false))
  return (
    <span class="menu-root" ref={root}>
      <button
        ref={button}
        type="button"
        class={rest.class ?? 'icon-button'}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {children}
      </button>
      {isOpen && (
        <span ref={list} class="menu" popover="manual" role="menu" aria-label={label}>
          {(typeof items === 'function' ? items() : items).map((item) => (
            <MenuButton
              key={item.label}
              item={item}
              choose={() => {
                setOpen(false)
                button.current?.focus()
                item.run()
              }}
            />
          ))}
        </span>
      )}
    </span>
  )
}

type Held = {
  root: RefObject<HTMLElement | null>
  button: RefObject<HTMLElement | null>
  list: RefObject<HTMLElement | null>
}

/** Before it is seen: a key pressed the moment after belongs to the menu, and to nothing around it. */
function useHeld(isOpen: boolean, { root, button, list }: Held, align: 'start' | 'end', shut: () => void): void {
  useLayoutEffect(() => {
    const box = root.current
    if (!isOpen || !box || !button.current || !list.current) return undefined
    const letGo = holdMenu(button.current, list.current, align)
    const away = (event: Event) => {
      if (!box.contains(event.target as Node)) shut()
    }
    const press = (event: KeyboardEvent) =>
      moveIn(event, box, () => {
        shut()
        button.current?.focus()
      })
    addEventListener('pointerdown', away)
    box.addEventListener('keydown', press)
    box.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
    return () => {
      letGo()
      removeEventListener('pointerdown', away)
      box.removeEventListener('keydown', press)
    }
  }, [isOpen])
}

function roleOf({ isChosen, isChecked }: MenuItem): 'menuitem' | 'menuitemradio' | 'menuitemcheckbox' {
  if (isChosen !== undefined) return 'menuitemradio'
  return isChecked === undefined ? 'menuitem' : 'menuitemcheckbox'
}

function MenuButton({ item, choose }: { item: MenuItem; choose: () => void }) {
  return (
    <button
      type="button"
      role={roleOf(item)}
      aria-checked={item.isChosen ?? item.isChecked}
      class={item.isDangerous ? 'menu-item menu-danger' : 'menu-item'}
      tabIndex={-1}
      onClick={choose}
    >
      {item.icon && <Icon name={item.icon} />}
      {item.picture && (
        <span class="menu-face" data-accent={item.accent}>
          <Avatar src={item.picture} size={24} />
        </span>
      )}
      <span>
        {item.label}
        {item.help && <small>{item.help}</small>}
      </span>
      {(item.isChosen || item.isChecked) && <Icon name="check" />}
    </button>
  )
}

function moveIn(event: KeyboardEvent, root: HTMLElement | null, close: () => void): void {
  const items = [...(root?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
  // A key that comes in the moment after it was closed is none of its own.
  if (items.length === 0) return
  const at = items.indexOf(document.activeElement as HTMLElement)
  const go = (index: number) => items.at(index % items.length)?.focus()
  if (event.key === 'Escape') close()
  else if (event.key === 'ArrowDown') go(at + 1)
  else if (event.key === 'ArrowUp') go(at - 1)
  else if (event.key === 'Home') go(0)
  else if (event.key === 'End') go(-1)
  else if (event.key === 'Tab') return close()
  else if (event.key.length === 1)
    items.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus()
  else return
  event.preventDefault()
  event.stopPropagation()
}
