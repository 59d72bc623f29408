type Box = { left: number; right: number; top: number; bottom: number }
type Size = { width: number; height: number }
export type MenuPlace = { left: number; top: number; maxHeight: number }

const GAP = 4
/** A menu never comes nearer to the edge of the window than this. */
const EDGE = 8

/**
 * Where a menu stands in the window: under its button, above it where more room is, never beyond an edge. What does not
 * fit scrolls inside it.
 * @param isFromRight whether its right edge stands at the button's.
 */
export function placeMenu(button: Box, menu: Size, view: Size, isFromRight: boolean): MenuPlace {
  const below = view.height - EDGE - (button.bottom + GAP)
  const above = button.top - GAP - EDGE
  const isAbove = menu.height > below && above > below
  const maxHeight = Math.max(0, Math.min(isAbove ? above : below, view.height - 2 * EDGE))
  const height = Math.min(menu.height, maxHeight)
  const left = isFromRight ? button.right - menu.width : button.left
  return {
    left: Math.max(EDGE, Math.min(left, view.width - EDGE - menu.width)),
    top: isAbove ? button.top - GAP - height : button.bottom + GAP,
    maxHeight,
  }
}

/** Puts a menu there, on top of everything, and keeps it there while the page scrolls. Gives the function that ends it. */
export function holdMenu(button: HTMLElement, menu: HTMLElement, align: 'start' | 'end'): () => void {
  menu.showPopover?.()
  const isFromRight = (align === 'end') !== (getComputedStyle(button).direction === 'rtl')
  const place = () => {
    menu.style.maxHeight = ''
    const size = { width: menu.offsetWidth, height: menu.scrollHeight }
    const view = { width: document.documentElement.clientWidth, height: innerHeight }
    const { left, top, maxHeight } = placeMenu(button.getBoundingClientRect(), size, view, isFromRight)
    Object.assign(menu.style, { left: `${left}px`, top: `${top}px`, maxHeight: `${maxHeight}px` })
  }
  const follow = (event: Event) => {
    if (event.target !== menu) place()
  }
  place()
  addEventListener('scroll', follow, { capture: true, passive: true })
  addEventListener('resize', place)
  return () => {
    removeEventListener('scroll', follow, { capture: true })
    removeEventListener('resize', place)
  }
}
