import { describe, expect, test } from 'vitest'
import { hideQuoteFallback } from './quote-fallback.ts'
import { readNote } from './read-note.ts'
import { readQuote } from './read-quote.ts'

const HERE = 'https://far.example/notes/88'
const STAMP = 'https://far.example/stamps/1'
const LINK = {
  type: 'Link',
  mediaType: 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
  rel: 'https://misskey-hub.net/ns#_misskey_quote',
  href: HERE,
}

describe('what a note quotes', () => {
  const modern = { uri: HERE, isDeleted: false, isLegacy: false }
  const legacy = { uri: HERE, isDeleted: false, isLegacy: true, authorization: undefined }
  test.each<[string, Record<string, unknown>, unknown]>([
    ['FEP-044f', { quote: HERE, quoteAuthorization: STAMP }, { ...modern, authorization: STAMP }],
    ['whole', { quote: { id: HERE, type: 'Note' } }, { ...modern, authorization: undefined }],
    ['before the old names', { quote: HERE, quoteUri: 'https://x.example/1' }, { ...modern, authorization: undefined }],
    ['Misskey', { _misskey_quote: HERE, quoteUrl: 'https://x.example/1' }, legacy],
    ['Akkoma', { quoteUri: HERE }, legacy],
    ['FEP-e232', { tag: [{ type: 'Mention' }, LINK] }, legacy],
    ['FEP-e232, one tag', { tag: { ...LINK, rel: [LINK.rel] } }, legacy],
    ['a stamp without FEP-044f', { quoteUri: HERE, quoteAuthorization: STAMP }, legacy],
    ['a grave', { quote: { type: 'Tombstone' } }, { uri: undefined, isDeleted: true, isLegacy: false }],
    ['the words of a book', { quote: 'It was the best of times' }, undefined],
    ['another scheme', { quote: 'javascript:alert(1)' }, undefined],
    ['a link of another kind', { tag: [{ ...LINK, rel: 'alternate' }] }, undefined],
    ['a link to a page', { tag: [{ ...LINK, mediaType: 'text/html' }] }, undefined],
    ['numbers and lists', { quote: 5, quoteUri: [[HERE]], quoteUrl: {}, tag: [null, 5] }, undefined],
  ])('%s', (_name, raw, quote) => expect(readQuote(raw)).toEqual(quote))

  test('whom it lets quote it, under both names', () => {
    const read = (canQuote: unknown) =>
      readNote({ id: HERE, type: 'Note', interactionPolicy: { canQuote } }, new Date()).quotePolicy
    expect(read({ automaticApproval: 'as:Public' })).toEqual({ automatic: ['as:Public'], manual: [] })
    expect(read({ always: [HERE], approvalRequired: [STAMP] })).toEqual({ automatic: [HERE], manual: [STAMP] })
    for (const odd of [undefined, null, 5, 'Public', []]) expect(read(odd)).toEqual({ automatic: [], manual: [] })
  })
})

describe('the line that stands in for a quote', () => {
  const hide = (html: string) => hideQuoteFallback(html, [HERE, 'https://far.example/@ivo/88'])
  const link = (to: string) => `<a href="${to}"><span class="invisible">https://</span><span>far.example</span></a>`
  test.each([
    ['in front', `<p class="quote-inline">RE: ${link(HERE)}</p><p>words</p>`, '<p>words</p>'],
    [
      'by its other address',
      `<p>words</p><p class="quote-inline">RE: ${link('https://far.example/@ivo/88')}</p>`,
      '<p>words</p>',
    ],
    ['inside a paragraph', `<p>words<span class="quote-inline"><br />RE: ${link(HERE)}</span></p>`, '<p>words</p>'],
    ['unmarked and last', `<p>words</p><p>RE: ${link(HERE)}</p>`, '<p>words</p>'],
  ])('%s is taken out', (_name, html, shown) => expect(hide(html)).toBe(shown))

  test.each([
    ['another address', `<p class="quote-inline">RE: ${link('https://evil.example/')}</p>`],
    ['words without an address', '<p class="quote-inline">The truth</p>'],
    ['two addresses', `<p class="quote-inline">RE: ${link(HERE)} ${link('https://evil.example/')}</p>`],
  ])('%s stays, and is hidden by no mark', (_name, html) =>
    expect(hide(html)).toBe(html.replace(' class="quote-inline"', '')),
  )

  test('unmarked, it stays where it is not last, or is more than a line', () => {
    for (const html of [`<p>RE: ${link(HERE)}</p><p>words</p>`, `<p>RE: see ${link(HERE)}</p>`, '<p>RE: nothing</p>'])
      expect(hide(html)).toBe(html)
  })
})
