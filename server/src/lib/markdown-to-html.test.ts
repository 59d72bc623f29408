import { expect, test } from 'vitest'
import { markdownToHtml } from './markdown-to-html.ts'

const render = (text: string) =>
  markdownToHtml(text, { mention: () => undefined, tagUrl: (name) => `/tags/${name}`, base: 'https://town.test' })

test.each([
  ['plain words', '<p>plain words</p>'],
  ['one\ntwo\n\nthree', '<p>one<br />two</p><p>three</p>'],
  ['# Who\n## What ##\n### Why', '<h2>Who</h2><h2>What</h2><h3>Why</h3>'],
  ['- one\n- two\n  - inner', '<ul><li>one</li><li>two<ul><li>inner</li></ul></li></ul>'],
  ['3. three\n4. four', '<ol start="3"><li>three</li><li>four</li></ol>'],
  ['1) one\n\n2) two', '<ol><li>one</li><li>two</li></ol>'],
  ['words\n- item\ngoes on', '<p>words</p><ul><li>item<br />goes on</li></ul>'],
  ['> said\n> so', '<blockquote><p>said<br />so</p></blockquote>'],
  ['```\n<b> & *x*\n```\nafter', '<pre><code>&lt;b&gt; &amp; *x*</code></pre><p>after</p>'],
  [
    '**bold**, *slanted*, _so too_, `a*b*`',
    '<p><strong>bold</strong>, <em>slanted</em>, <em>so too</em>, <code>a*b*</code></p>',
  ],
  ['**bold *and slanted***', '<p><strong>bold <em>and slanted</em></strong></p>'],
  ['snake_case_name, 2 * 3 * 4', '<p>snake_case_name, 2 * 3 * 4</p>'],
  ['a\n\n---\n\nb', '<p>a</p><p>b</p>'],
  ['[us](/about)', '<p><a href="https://town.test/about" rel="nofollow noopener">us</a></p>'],
  ['[sea](https://sea.test/)', '<p><a href="https://sea.test/" rel="nofollow noopener">sea</a></p>'],
  ['', ''],
  ['\n\n', ''],
])('%j is %j', (text, html) => expect(render(text)).toBe(html))

test.each([
  '<script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '[x](//evil.test)',
  '[<img src=x onerror=alert(1)>](https://sea.test/)',
  '[x](https://sea.test/"onmouseover="alert)',
  '# <b onclick=x>',
  '`<i>`',
  '- <svg/onload=x>',
])('%j stays words', (text) => {
  const bare = render(text).replaceAll(
    /<\/?(?:p|h2|ul|li|code|span|a)(?: (?:href|class|rel|target|translate)="[^"<>]*")*>/g,
    '',
  )
  expect(bare).not.toMatch(/[<>]/)
  expect(render(text)).not.toMatch(/href="(?:javascript|\/\/)/)
})

test.each([
  '*'.repeat(50_000),
  '[a]('.repeat(12_000),
  '**a '.repeat(12_000),
  '> '.repeat(20_000),
  '- '.repeat(20_000) + 'x',
  '_a'.repeat(25_000),
])('a long text comes to an end: %#', (text) => expect(render(text)).toBeTypeOf('string'))
