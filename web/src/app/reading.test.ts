import { afterEach, expect, test, vi } from 'vitest'
import { changeLook, usualLook } from './look.ts'
import { changeReading, playsByItself, usualReading, type Reading } from './reading.ts'

afterEach(() => {
  changeReading(usualReading)
  changeLook(usualLook)
  vi.unstubAllGlobals()
  Reflect.deleteProperty(navigator, 'connection')
})

type World = { autoplay: Reading['autoplay']; type?: string; asks?: string; saver?: 'on' | 'auto'; stands?: boolean }

test.each([
  ['never, as usual', { autoplay: 'never' }, false],
  ['always', { autoplay: 'always' }, true],
  ['always, on a mobile network, which saves data', { autoplay: 'always', type: 'cellular' }, false],
  ['always, while data is saved', { autoplay: 'always', saver: 'on' }, false],
  ['always, but the system asks for little motion', { autoplay: 'always', asks: 'reduce' }, false],
  ['always, but the look does', { autoplay: 'always', stands: true }, false],
  ['on Wi-Fi, and it is', { autoplay: 'wifi', type: 'wifi' }, true],
  ['on Wi-Fi, and it is a cable', { autoplay: 'wifi', type: 'ethernet' }, true],
  ['on Wi-Fi, and it is something else', { autoplay: 'wifi', type: 'bluetooth' }, false],
  ['on Wi-Fi, and nobody knows, at a desk', { autoplay: 'wifi', asks: 'fine' }, true],
  ['on Wi-Fi, and nobody knows, on a phone', { autoplay: 'wifi' }, false],
] as [string, World, boolean][])('what moves begins by itself: %s', (_name, world, isPlaying) => {
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: world.asks !== undefined && query.includes(world.asks) }))
  if (world.type) Object.defineProperty(navigator, 'connection', { value: { type: world.type }, configurable: true })
  changeReading({ autoplay: world.autoplay, dataSaver: world.saver ?? 'auto' })
  if (world.stands) changeLook({ motion: 'less' })
  expect(playsByItself()).toBe(isPlaying)
})
