import { expect, test } from 'vitest'
import { placeMenu } from './place-menu.ts'

const phone = { width: 390, height: 844 }
const button = (left: number, top: number) => ({ left, right: left + 36, top, bottom: top + 44 })
const menu = { width: 240, height: 500 }

test('a menu hangs under its button, from the edge that it is told', () => {
  expect(placeMenu(button(300, 60), menu, phone, true)).toMatchObject({ left: 96, top: 108 })
  expect(placeMenu(button(20, 60), menu, phone, false)).toMatchObject({ left: 20, top: 108 })
})

test('where it would run below the window it stands above, and its last row is at the button', () => {
  expect(placeMenu(button(300, 700), menu, phone, true)).toMatchObject({ left: 96, top: 196 })
})

test('it is never wider than what is left of the window: neither edge is crossed', () => {
  expect(placeMenu(button(0, 60), menu, phone, true).left).toBe(8)
  expect(placeMenu(button(354, 60), menu, phone, false).left).toBe(142)
})

test.each([
  ['in the middle of a low window', button(300, 150), { width: 390, height: 360 }],
  ['at the top', button(300, 0), { width: 390, height: 300 }],
  ['at the bottom', button(300, 256), { width: 390, height: 300 }],
])('%s it is as high as the room is, and scrolls inside', (_, place, view) => {
  const { top, maxHeight } = placeMenu(place, menu, view, true)
  expect(maxHeight).toBeLessThan(menu.height)
  expect(top).toBeGreaterThanOrEqual(8)
  expect(top + Math.min(menu.height, maxHeight)).toBeLessThanOrEqual(view.height - 8)
})
