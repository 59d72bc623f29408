import type { LetterKind } from '@hamlet/contract/letters'
import { expect, test } from 'vitest'
import { letterKinds, writeLetter } from './index.tsx'

const sender = { title: 'Harbour & <b>', domain: 'harbour.example', url: 'https://harbour.example' }
/** Whatever a letter may ask for, as somebody would fill it in who means no good. */
const hostile = new Proxy(
  {},
  {
    get: (_, name) =>
      typeof name === 'symbol' || /^(count|days|n)$/i.test(name) ? 3 : `https://harbour.example/${name}?a=1&b="<i>"`,
  },
)

const write = (kind: LetterKind, language = 'en') => writeLetter(language, kind, hostile, sender)

test.each(letterKinds)('%s says the same as text and as HTML, and what people wrote stays words', async (kind) => {
  const { subject, text, html } = await write(kind)
  expect(subject).not.toBe('')
  expect(html).not.toMatch(/<i>|<b>|<script|<img|url\(/)
  expect(html).toContain('Harbour &amp; &lt;b>')
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<'),
  )
  for (const link of links.filter((one) => one !== sender.url)) expect(text).toContain(link)
  expect(text.endsWith(`${sender.url}\n`)).toBe(true)
})

test('what moderators wrote cannot pass for the words of the server', async () => {
  const facts = { decision: 'warn', text: 'First\nSecond', link: 'https://harbour.example/appeal?key=1' }
  const { text, html } = await writeLetter('en', 'strike', facts, sender)
  expect(text).toContain('> First\n> Second')
  expect(html).toContain('<blockquote dir="auto">First\nSecond</blockquote>')
})

test('a letter says its language and its direction', async () => {
  expect((await write('confirm', 'ar')).html).toContain('<html lang="ar" dir="rtl">')
  expect((await write('confirm', 'xx')).language).toBe('en')
})
