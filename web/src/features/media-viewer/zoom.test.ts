import { expect, test } from 'vitest'
import { fit, hold, meaningOf, whole, zoom } from './zoom.ts'

const stage = { width: 800, height: 600 }

test('a picture is whole in the stage, turned as well, and a small one is not blown up', () => {
  expect(fit({ width: 1600, height: 900 }, stage, 0)).toEqual({ width: 800, height: 450 })
  expect(fit({ width: 1600, height: 900 }, stage, 90)).toEqual({ width: 600, height: 337.5 })
  expect(fit({ width: 64, height: 48 }, stage, 0)).toEqual({ width: 64, height: 48 })
})

test('what lies under the finger stays there while it is enlarged, up to eight times, and never smaller than whole', () => {
  const ground = { drawn: { width: 800, height: 600 }, stage }
  const closer = zoom(whole, 2, { x: 100, y: -50 }, ground)
  expect(closer).toMatchObject({ scale: 2, x: -100, y: 50 })
  expect((100 - closer.x) / closer.scale).toBe(100)
  expect(zoom(whole, 50, { x: 0, y: 0 }, ground).scale).toBe(8)
  expect(zoom(closer, 0.1, { x: 0, y: 0 }, ground)).toMatchObject({ scale: 1, x: 0, y: 0 })
})

test('a picture is moved no further than its edge, and not at all where it is whole', () => {
  const drawn = { width: 800, height: 400 }
  expect(hold({ ...whole, scale: 2, x: 900, y: -900 }, drawn, stage)).toMatchObject({ x: 400, y: -100 })
  expect(hold({ ...whole, x: 30, y: 30 }, drawn, stage)).toMatchObject({ x: 0, y: 0 })
  expect(hold({ ...whole, scale: 2, turn: 90, x: 900, y: 900 }, drawn, stage)).toMatchObject({ x: 0, y: 500 })
})

test.each([
  ['a stroke to the left leads on', { x: -120, y: 10, ms: 400, isTouch: true }, false, 'next'],
  ['and back where one reads from the right', { x: -120, y: 10, ms: 400, isTouch: true }, true, 'previous'],
  ['a stroke to the right leads back', { x: 120, y: 10, ms: 400, isTouch: false }, false, 'previous'],
  ['a short quick one is enough', { x: -40, y: 0, ms: 100, isTouch: true }, false, 'next'],
  ['a short slow one is not', { x: -40, y: 0, ms: 900, isTouch: true }, false, undefined],
  ['down closes by finger', { x: 10, y: 140, ms: 400, isTouch: true }, false, 'close'],
  ['not by mouse', { x: 10, y: 140, ms: 400, isTouch: false }, false, undefined],
  ['up does nothing', { x: 10, y: -140, ms: 400, isTouch: true }, false, undefined],
])('%s', (_, stroke, isFromRight, meaning) => {
  expect(meaningOf(stroke, isFromRight)).toBe(meaning)
})
