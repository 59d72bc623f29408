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
  const nothing = { rules: '', posts: '', until: '', cause: 'report', automated: '', days: 20 }
  const link = 'https://harbour.example/appeal?key=1'
  const facts = { decision: 'warn', text: 'First\nSecond', link, ...nothing }
  const { text, html } = await writeLetter('en', 'strike', facts, sender)
  expect(text).toContain('> First\n> Second')
  expect(html).toContain('<blockquote dir="auto">First\nSecond</blockquote>')
})

test('a statement of reasons says what, why, by whom, until when and how to appeal', async () => {
  const facts = {
    decision: 'limit',
    text: 'Enough',
    rules: 'Be kind',
    posts: 'Go away',
    until: '2026-12-04T10:00:00.000Z',
    cause: 'report',
    automated: '',
    link: 'https://harbour.example/appeal?key=1',
    days: 20,
  }
  const { text } = await writeLetter('en', 'strike', facts, sender)
  for (const words of ['is limited', '4 December 2026', '> Enough', '> Be kind', '> Go away', 'reported it', '20 days'])
    expect(text).toContain(words)
  expect(text).toContain('A person decided it')
  const { text: other } = await writeLetter('en', 'strike', { ...facts, automated: 'yes', cause: '' }, sender)
  expect(other).toContain('automatically')
  expect(other).toContain('came upon it themselves')
})

test('a letter says its language and its direction', async () => {
  expect((await write('confirm', 'ar')).html).toContain('<html lang="ar" dir="rtl">')
  expect((await write('confirm', 'xx')).language).toBe('en')
})
