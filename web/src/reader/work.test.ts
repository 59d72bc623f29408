import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { firstBits } from './sha256.ts'
import { solve, workFor } from './work.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE(0)

test.each([0, 1, 3, 54, 55, 56, 63, 64, 65, 119, 120, 200])('a text of %i letters has its hash', (length) => {
  const text = 'The harbour lies quiet. '.repeat(10).slice(0, length)
  expect(firstBits(text)).toBe(hashOf(text))
})

test('the answer is the first number that fits, and who no longer wants it gets none', async () => {
  const answer = Number(await solve('a stamp:kelpie', 10, () => true))
  expect(hashOf(`a stamp:kelpie:${answer}`) >>> 22).toBe(0)
  for (let earlier = 0; earlier < answer; earlier += 1) expect(hashOf(`a stamp:kelpie:${earlier}`) >>> 22).not.toBe(0)
  expect(await solve('a stamp:kelpie', 10, () => false)).toBeUndefined()
})

let form: HTMLFormElement
let sent: number
beforeEach(() => {
  document.body.innerHTML = `<form data-work="8"><input name="stamp" value="a stamp"><input name="work">
    <input name="username"><button type="submit">Go</button></form>`
  form = document.querySelector('form') as HTMLFormElement
  sent = 0
  form.submit = () => void (sent += 1)
  workFor(form)
})
afterEach(() => document.body.replaceChildren())

const field = (name: string) => form.querySelector<HTMLInputElement>(`[name=${name}]`) as HTMLInputElement
const press = () => {
  const event = new Event('submit', { cancelable: true })
  form.dispatchEvent(event)
  return event
}
const isSolved = (name: string) => hashOf(`a stamp:${name}:${field('work').value}`) >>> 24 === 0

test('the form waits for the answer, and is then sent with it', async () => {
  field('username').value = ' Kelpie '
  expect(press().defaultPrevented).toBe(true)
  expect(form.querySelector('button')?.getAttribute('aria-busy')).toBe('true')
  await vi.waitFor(() => expect(sent).toBe(1))
  expect(isSolved('kelpie')).toBe(true)
})

test('what was worked out while the rest was typed is sent at once', async () => {
  field('username').value = 'kelpie'
  field('username').dispatchEvent(new Event('change'))
  await vi.waitFor(() => expect(field('work').value).not.toBe(''))
  expect(press().defaultPrevented).toBe(false)
})

test('another name needs another answer', async () => {
  field('username').value = 'kelpie'
  field('username').dispatchEvent(new Event('change'))
  await vi.waitFor(() => expect(field('work').value).not.toBe(''))
  field('username').value = 'selkie'
  expect(press().defaultPrevented).toBe(true)
  await vi.waitFor(() => expect(sent).toBe(1))
  expect(isSolved('selkie')).toBe(true)
})
