import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { PublicPictures } from './public-pictures.tsx'

const picture = (id: string, more: Partial<MediaAttachment> = {}): MediaAttachment => ({
  id,
  type: 'image',
  url: `https://town.test/media/original/${id}.jpg`,
  preview_url: `https://town.test/media/small/${id}.jpg`,
  remote_url: null,
  preview_remote_url: null,
  text_url: null,
  meta: { original: { width: 800, height: 600, size: '800x600', aspect: 4 / 3 }, focus: { x: 0, y: 0 } },
  description: null,
  blurhash: null,
  ...more,
})

const show = (media: MediaAttachment[], more: Partial<Status> = {}) => {
  const status = { media_attachments: media, sensitive: false, spoiler_text: '', ...more } as Status
  const page = document.createElement('div')
  page.innerHTML = render(<PublicPictures status={status} />)
  return page
}

test('a described picture says its words to those who do not see it, and opens them for those who ask', () => {
  const page = show([picture('1', { description: 'A <pink> anemone' })])
  expect(page.querySelector('img')?.alt).toBe('A <pink> anemone')
  expect(page.querySelector('details.alt p')?.textContent).toBe('A <pink> anemone')
  expect(page.querySelector('img')?.getAttribute('width')).toBe('800')
  expect(page.querySelector('[style]')).toBeNull()
})

test('a picture without words offers no empty description, and its link has a name', () => {
  const page = show([picture('1')])
  expect(page.querySelector('details')).toBeNull()
  expect(page.querySelector('a')?.getAttribute('aria-label')).toBe('Open the picture')
})

test('several are small ones that look where their focus is', () => {
  const page = show([picture('1'), picture('2', { meta: { focus: { x: -0.8, y: 0.9 } } })])
  const [, second] = page.querySelectorAll('figure')
  expect(second?.querySelector('img')?.src).toContain('/small/')
  expect([second?.dataset.x, second?.dataset.y]).toEqual(['start', 'start'])
})

test('sensitive ones are folded; behind a warning the whole post is already', () => {
  expect(show([picture('1')], { sensitive: true }).querySelector('details > .pictures')).not.toBeNull()
  expect(show([picture('1')], { sensitive: true, spoiler_text: 'fish' }).querySelector('details')).toBeNull()
})

test('what has no address is left out', () => {
  expect(show([picture('1', { url: null })]).innerHTML).toBe('')
})

test('what has no preview is a link to where it lies, and nothing is loaded from there', () => {
  const url = 'https://else.test/film.mp4'
  const page = show([picture('1', { type: 'unknown', url, preview_url: null, description: 'A film' })])
  expect(page.querySelector('img')).toBeNull()
  expect(page.querySelector('a')?.getAttribute('href')).toBe(url)
  expect(page.querySelector('a')?.textContent).toBe('A film')
})
