import { describe, expect, test } from 'vitest'
import { listsHost } from '../find-author.ts'
import { decodePage } from './decode-page.ts'
import { describePage } from './describe-page.ts'
import { readOembed } from './read-oembed.ts'
import { scanPage } from './scan-page.ts'

const PAGE = 'https://news.example/2026/tides?x=1'
const read = (html: string, url = PAGE) => describePage(scanPage(html), url)
const head = (inner: string) => `<!doctype html><html lang="pt-BR"><head>${inner}</head><body></body></html>`
const og = (name: string, content: string) => `<meta property="og:${name}" content="${content}">`

describe('what a page says of itself', () => {
  test('linked data before OpenGraph before the document', () => {
    const article = {
      '@graph': [
        { '@type': 'WebPage', headline: 'A page' },
        {
          '@type': ['NewsArticle'],
          headline: 'Tides & time',
          description: 'How they wait',
          author: [{ '@type': 'Person', name: 'Inês Faria', url: '/people/ines' }],
          publisher: { name: 'The News' },
          datePublished: '2026-01-04T10:00:00+02:00',
          inLanguage: 'en-GB',
        },
      ],
    }
    const html = head(
      `<title>News</title>${og('title', 'Tides')}${og('site_name', 'news')}<script type="application/ld+json">${JSON.stringify(article)}</script>`,
    )
    expect(read(html)).toMatchObject({
      title: 'Tides & time',
      description: 'How they wait',
      authorName: 'Inês Faria',
      authorUrl: 'https://news.example/people/ines',
      providerName: 'The News',
      providerUrl: 'https://news.example',
      publishedAt: '2026-01-04T08:00:00.000Z',
      language: 'en',
      type: 'link',
      url: PAGE,
    })
    expect(read(head(`<title>News</title>${og('title', 'Tides &amp; time')}`)).title).toBe('Tides & time')
    expect(read(head(`<title> The \n news </title>`))).toMatchObject({ title: 'The news', language: 'pt' })
  })

  test('pictures, their words and their size, wherever the page writes them', () => {
    const html = head(`${og('image', '/p.jpg')}${og('image:alt', 'Four boats')}${og('image:width', '1200')}`)
    expect(read(html)).toMatchObject({
      imageUrl: 'https://news.example/p.jpg',
      imageDescription: 'Four boats',
      width: 1200,
      height: 0,
    })
    expect(read(head('<meta name="twitter:image" content="//cdn.example/p.jpg">')).imageUrl).toBe(
      'https://cdn.example/p.jpg',
    )
    for (const address of ['javascript:alert(1)', 'data:image/png;base64,xx', 'https://user:pass@news.example/', ' '])
      expect(read(head(og('image', address))).imageUrl).toBeNull()
  })

  test('another address of the page counts on the same host alone', () => {
    const canonical = (href: string) => read(head(`<link rel="canonical" href="${href}">`)).url
    expect(canonical('/2026/tides')).toBe('https://news.example/2026/tides')
    expect(canonical('https://bank.example/login')).toBe(PAGE)
    expect(canonical('http://news.example:8080/x')).toBe(PAGE)
  })

  test('a player counts on the page’s own origin and over https alone', () => {
    const player = (address: string, page = PAGE) => {
      const { type, embedUrl } = read(head(`<meta name="twitter:player" content="${address}">`), page)
      return [type, embedUrl]
    }
    expect(player('https://news.example/embed/1')).toEqual(['video', 'https://news.example/embed/1'])
    expect(player('https://evil.example/embed/1')).toEqual(['link', ''])
    expect(player('http://plain.example/embed', 'http://plain.example/')).toEqual(['link', ''])
    expect(player('javascript:alert(1)')).toEqual(['link', ''])
  })

  test('scripts in the title are letters, in the page they are nothing', () => {
    const html = head(`<title><script>alert(1)</script>x</title><script>document.title='y'</script>`)
    expect(read(html).title).toBe('<script>alert(1)</script>x')
    expect(read(head(`<svg><title>an icon</title></svg>`)).title).toBe('an icon')
    expect(read(head(`<title>the page</title></head><body><svg><title>an icon</title></svg>`)).title).toBe('the page')
  })

  test.each([
    ['nothing', ''],
    ['no HTML', 'GIF89a\u0000\u0001'],
    ['linked data that is broken', head('<script type="application/ld+json">{"@type": [[[</script>')],
    ['linked data of nothing', head('<script type="application/ld+json">[null, 1, "x", {"@graph": 5}]</script>')],
    ['depth without end', '<a>'.repeat(300_000) + '</b>'.repeat(100_000)],
    ['elements that are never closed', '<title'.repeat(100_000)],
    ['linked data of great depth', head(`<script type="application/ld+json">${'['.repeat(90_000)}</script>`)],
    ['a date that is none', head('<meta property="article:published_time" content="yesterday">')],
  ])('%s makes no card, and no error', (_name, html) => {
    expect(read(html)).toMatchObject({ title: '', imageUrl: null, publishedAt: null, embedUrl: '' })
  })

  test('texts have an end, between characters', () => {
    const { title } = read(head(`<title>${'🌊'.repeat(900)}</title>`))
    expect(Array.from(title).at(-1)).toBe('…')
    expect(title.isWellFormed()).toBe(true)
    expect(Array.from(title).length).toBeLessThanOrEqual(300)
    expect(read(head(og('description', 'x'.repeat(90_000)))).description).toHaveLength(1000)
  })
})

describe('letters', () => {
  const page = (charset: string, text: Buffer) =>
    Buffer.concat([Buffer.from(`<meta charset="${charset}"><title>`), text, Buffer.from('</title>')])
  const title = (bytes: Buffer, header?: string) => scanPage(decodePage(bytes, header)).title
  const sjis = Buffer.from('93fa967b', 'hex')
  test('the page’s own word, the header, and the mark at the beginning', () => {
    expect(title(page('shift_jis', sjis))).toBe('日本')
    expect(title(page('', sjis), 'shift_jis')).toBe('日本')
    expect(title(Buffer.from('\ufeff<title>日本</title>', 'utf16le'), 'windows-1252')).toBe('日本')
    expect(title(page('', Buffer.from('日本')))).toBe('日本')
  })
  test('a word that the bytes contradict is passed over', () => {
    expect(title(page('utf-8', Buffer.from('Café', 'latin1')), 'utf-8')).toBe('Café')
    expect(title(page('shift_jis', sjis), 'utf-8')).toBe('日本')
    expect(title(page('utf-16', Buffer.from('Café')))).toBe('Café')
    expect(title(page('no-such-thing', Buffer.from('Café')))).toBe('Café')
  })
  test('a letter that was cut at the end is no fault', () => {
    expect(decodePage(Buffer.from('日本').subarray(0, 5), undefined)).toBe('日')
  })
})

describe('oEmbed', () => {
  const embed = (raw: unknown) => readOembed(Buffer.from(JSON.stringify(raw)), PAGE)
  const film = (html: string) => embed({ type: 'video', title: 'Film', width: '640', height: 360, html })?.embedUrl
  test('of a film only the address of its frame is kept', () => {
    expect(film('<script>x</script><iframe src="/e/1" onload="x"></iframe>')).toBe('https://news.example/e/1')
    for (const html of [
      '<iframe src="https://evil.example/e/1"></iframe>',
      '<iframe src="http://news.example/e/1"></iframe>',
      '<iframe srcdoc="<script>x</script>"></iframe>',
      '<object data="/e/1"></object>',
      '<iframe src="javascript:x"></iframe>',
    ])
      expect(film(html)).toBeUndefined()
  })
  test('photos, and what is neither', () => {
    expect(embed({ type: 'photo', url: 'https://cdn.example/p.jpg', width: 800, height: -3 })).toMatchObject({
      type: 'photo',
      imageUrl: 'https://cdn.example/p.jpg',
      width: 800,
      height: 0,
    })
    for (const raw of [null, [], 5, { type: 'rich', html: '<b>' }, { type: 'photo' }, { type: 'video' }])
      expect(embed(raw)).toBeUndefined()
    expect(readOembed(Buffer.from('{'), PAGE)).toBeUndefined()
  })
})

describe('whose pages an author lists', () => {
  test.each([
    ['example.org', 'example.org', true],
    ['example.org', 'blog.example.org', true],
    ['example.org', 'evil-example.org', false],
    ['blog.example.org', 'example.org', false],
    ['org', 'example.org', false],
    ['localhost:4001', 'localhost:4001', true],
    ['localhost:4001', 'localhost:4002', false],
  ])('%s lists %s: %s', (domain, host, lists) => expect(listsHost([domain], host)).toBe(lists))
})
