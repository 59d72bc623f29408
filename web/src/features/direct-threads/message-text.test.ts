import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import { beforeEach, expect, test } from 'vitest'
import { me, server } from '../../app/session.ts'
import { textOf } from '../../lib/html-tree.ts'
import { addressed, findOutsiders, messageLine, messageNodes } from './message-text.ts'

beforeEach(() => {
  server.value = { domain: 'town.test' } as Instance
  me.value = { acct: 'noa' } as CredentialAccount
})

const oda = { acct: 'oda' }
const temel = { acct: 'Temel@liman.example' }

test.each([
  ['no handle at all', []],
  ['@oda and @temel@liman.example and me, @noa', []],
  ['@ODA@town.test is one of us', []],
  ['come, @bram and @eve@far.example, @bram', ['bram', 'eve@far.example']],
  ['@temel is another than the one of liman', ['temel']],
  ['mail to oda@fjord.example is no handle', []],
])('handles of others are found before they are sent: %s', (text, outsiders) => {
  expect(findOutsiders(text, [oda, temel])).toEqual(outsiders)
})

test('everybody is named once, whether or not the text does', () => {
  expect(addressed(' hello ', [oda, temel])).toBe('@oda @Temel@liman.example hello')
  expect(addressed('so, @oda@town.test?', [oda, temel])).toBe('@Temel@liman.example so, @oda@town.test?')
  expect(addressed('to myself', [])).toBe('to myself')
})

const mention = (url: string, name: string) =>
  `<span class="h-card"><a href="${url}" class="u-url mention">@<span>${name}</span></a></span>`
const status = (content: string) => ({
  content,
  mentions: [
    { id: '1', username: 'oda', acct: 'oda', url: 'https://town.test/@oda' },
    { id: '2', username: 'temel', acct: 'temel@liman.example', url: 'https://liman.example/@temel' },
  ],
})

test('handles in front only carry a message, and are left out; others stay', () => {
  const carriers = `${mention('https://town.test/@oda', 'oda')} <a href="https://liman.example/@temel">@temel</a> `
  const said = `ask ${mention('https://town.test/@oda', 'oda')} &amp; come`
  const one = status(`<p>${carriers}${said}</p><p>now</p>`)
  expect(messageLine(one)).toBe('ask @oda & come now')
  const [first, second] = messageNodes(one)
  expect([first, second].map((node) => textOf(node === undefined ? [] : [node]))).toEqual(['ask @oda & come', 'now'])
  expect(JSON.stringify(first).match(/town\.test\/@oda/g)).toHaveLength(1)
})

test('a hashtag or a link in front is said', () => {
  expect(
    messageLine(
      status('<p><a href="https://town.test/tags/moss" class="mention hashtag">#<span>moss</span></a> grows</p>'),
    ),
  ).toBe('#moss grows')
  expect(messageLine(status(`<p>${mention('https://town.test/@oda', 'oda')}</p>`))).toBe('')
})
