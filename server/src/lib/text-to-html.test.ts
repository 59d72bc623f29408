import { expect, test } from 'vitest'
import { textToHtml } from './text-to-html.ts'

const known: Record<string, { href: string; acct: string }> = {
  ines: { href: 'https://town.example/@ines', acct: 'ines' },
  'bram@polder.example': { href: 'https://polder.example/@bram?a=1&b="2"', acct: 'bram' },
}

const html = (text: string) =>
  textToHtml(text, {
    mention: (mention) => known[[mention.username, mention.domain].filter(Boolean).join('@').toLowerCase()],
    tagUrl: (name) => `https://town.example/tags/${encodeURIComponent(name)}`,
  })

const link = (scheme: string, shown: string, hidden = '') =>
  `<a href="${scheme}${shown}${hidden}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${scheme}</span><span class="${hidden ? 'ellipsis' : ''}">${shown}</span><span class="invisible">${hidden}</span></a>`

test.each<[string, string]>([
  ['', ''],
  [' \n\n ', ''],
  ['one', '<p>one</p>'],
  ['one\ntwo', '<p>one<br />two</p>'],
  ['one\r\ntwo\r\n\r\n\r\nthree\rfour', '<p>one<br />two</p><p>three<br />four</p>'],
  ['\n\none\n', '<p>one</p>'],
  ['a < b & "c" \'d\'', '<p>a &lt; b &amp; &quot;c&quot; &#39;d&#39;</p>'],
  ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
  ['&lt;b&gt;', '<p>&amp;lt;b&amp;gt;</p>'],
  [
    '@ines!',
    '<p><span class="h-card" translate="no"><a href="https://town.example/@ines" class="u-url mention">@<span>ines</span></a></span>!</p>',
  ],
  [
    '@Bram@polder.example',
    '<p><span class="h-card" translate="no"><a href="https://polder.example/@bram?a=1&amp;b=&quot;2&quot;" class="u-url mention">@<span>bram</span></a></span></p>',
  ],
  ['@nobody@polder.example', '<p>@nobody@polder.example</p>'],
  [
    '#Café',
    '<p><a href="https://town.example/tags/Caf%C3%A9" class="mention hashtag" rel="tag">#<span>Café</span></a></p>',
  ],
  ['https://example.org/', `<p>${link('https://', 'example.org/')}</p>`],
  ['see http://www.example.org/x.', `<p>see ${link('http://www.', 'example.org/x')}.</p>`],
  [
    'https://example.org/123456789012345678901234',
    `<p>${link('https://', 'example.org/123456789012345678', '901234')}</p>`,
  ],
  ['https://example.org/😀234567890123456789', `<p>${link('https://', 'example.org/😀23456789012345678', '9')}</p>`],
  ['https://example.org/?a=1&b=2', `<p>${link('https://', 'example.org/?a=1&amp;b=2')}</p>`],
  ["https://example.org/'onclick='x", `<p>${link('https://', 'example.org/&#39;onclick=&#39;x')}</p>`],
])('%j', (text, expected) => expect(html(text)).toBe(expected))
