import type { PreviewCard } from '@hamlet/contract/card'
import type { Account } from '@hamlet/contract/account'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { LinkCard } from './link-card.tsx'

const card = (more: Partial<PreviewCard> = {}): PreviewCard => ({
  url: 'https://www.pages.test/tides',
  title: 'Tides',
  description: '',
  language: 'pt',
  type: 'link',
  author_name: '',
  author_url: '',
  provider_name: '',
  provider_url: 'https://www.pages.test',
  html: '',
  width: 1200,
  height: 630,
  image: 'https://town.test/media/remote/card/1/x/original',
  image_description: 'Four boats',
  embed_url: '',
  blurhash: null,
  published_at: null,
  authors: [],
  ...more,
})
const draw = (more: Partial<PreviewCard> = {}, props: { isSensitive?: boolean; isPublic?: boolean } = {}) => {
  const page = document.createElement('div')
  page.innerHTML = render(<LinkCard card={card(more)} isSensitive={false} {...props} />)
  return page
}
const ines = {
  acct: 'ines@far.test',
  url: 'https://far.test/@ines',
  display_name: 'Inês',
  username: 'ines',
  avatar: '/a.png',
  emojis: [],
} as unknown as Account

test('one link to the page, in its own tab and without a trace of us, with words in their own language', () => {
  const links = [...draw().querySelectorAll('a')]
  expect(links).toHaveLength(1)
  expect(links[0]?.outerHTML).toContain(
    'href="https://www.pages.test/tides" target="_blank" rel="nofollow noopener noreferrer" dir="auto" lang="pt"',
  )
})

test('the server is named, whatever the page calls itself', () => {
  expect(draw().querySelector('.link-card-source')?.textContent).toBe('pages.test')
  const named = draw({ provider_name: 'Your Bank', published_at: '2026-01-04T10:00:00.000Z' })
  expect(named.querySelector('.link-card-source')?.textContent).toBe('Your Bank · pages.test · Jan 4, 2026')
})

test('broad pictures stand above, others beside, none where the post is sensitive', () => {
  expect(draw().querySelector('.link-card-broad img')?.getAttribute('alt')).toBe('Four boats')
  expect(draw({ width: 300, height: 300 }).querySelector('.link-card-broad')).toBeNull()
  expect(draw({}, { isSensitive: true }).querySelector('img')).toBeNull()
  expect(draw({ image: null }).querySelector('.link-card-broad')).toBeNull()
})

test('an author with a profile leads to it, one without is a name', () => {
  const authors = [{ name: 'x', url: 'https://x.test/', account: ines }]
  expect(draw({ authors }).querySelector('.link-card-author')?.getAttribute('href')).toBe('/@ines@far.test')
  expect(draw({ authors }, { isPublic: true }).querySelector('.link-card-author')?.getAttribute('href')).toBe(ines.url)
  const plain = draw({ author_name: 'Oda', authors: [{ name: 'Oda', url: 'javascript:x', account: null }] })
  expect([plain.querySelectorAll('a').length, plain.querySelector('.link-card-by')?.textContent]).toEqual([1, 'By Oda'])
})

test('a film is a link that says where it is played: no frame, and nothing of the page’s HTML', () => {
  const page = draw({
    type: 'video',
    html: '<iframe src="https://pages.test/e"></iframe>',
    embed_url: 'https://pages.test/e',
  })
  expect(page.querySelector('iframe')).toBeNull()
  expect(page.innerHTML).not.toContain('pages.test/e"')
  expect(page.querySelector('.link-card-source')?.textContent).toContain('plays on pages.test')
  expect(page.querySelector('.link-card-play')).not.toBeNull()
})
