import { expect, test } from 'vitest'
import { escapeHtml } from './escape.ts'
import { plainText } from './plain-text.ts'
import { textToHtml } from './text-to-html.ts'

const resolvers = { mention: () => undefined, tagUrl: (name: string) => `https://town.test/tags/${name}` }

test('what was typed comes back as it was read', () => {
  const typed = 'a <b> & "c" \'d\' #tag\n\nhttps://example.org/a/very/long/address/that/is/shortened'
  expect(plainText(textToHtml(typed, resolvers)).replaceAll(/\n+/g, '\n\n')).toBe(typed)
})

test('blocks and breaks part words, inline elements do not', () => {
  expect(plainText('<p>one</p><p>t<b>w</b>o<br />three</p><ul><li>four</li></ul>')).toBe('one\ntwo\nthree\nfour')
})

test('an entity that was written out stays written out', () => {
  expect(plainText(`<p>${escapeHtml('&lt;p&gt; &amp;')}</p>`)).toBe('&lt;p&gt; &amp;')
})
