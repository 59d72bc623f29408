import { expect, test } from 'vitest'
import { readHtml, splitTags, textOf, type HtmlNode } from './html-tree.ts'

/** Writes a tree as a browser would write its own, to compare with one. */
function write(nodes: readonly HtmlNode[]): string {
  const box = document.createElement('div')
  const add = (parent: Element, node: HtmlNode): void => {
    if (typeof node === 'string') return parent.append(node)
    const element = document.createElement(node.name)
    for (const [name, value] of Object.entries(node.attributes)) element.setAttribute(name, value)
    for (const child of node.children) add(element, child)
    parent.append(element)
  }
  for (const node of nodes) add(box, node)
  return box.innerHTML
}

const same = [
  '<p>Ferry’s out until Thursday.</p><p>Second</p>',
  '<p>a &lt;b&gt; &amp; c</p>',
  '<p><span class="h-card"><a class="u-url mention" href="https://a.test/@x">@<span>x</span></a></span> hi<br>there</p>',
  '<blockquote><p>q</p></blockquote><pre><code>if (a &lt; b) {}</code></pre><ul><li>1</li><li>2</li></ul>',
  '<p lang="ar">كل نافذة</p>',
]
test.each(same)('reads what the server writes as a browser does: %s', (html) => {
  expect(write(readHtml(html))).toBe(html)
})

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><p>x</p></svg>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" java\nscript:alert(1)">x</a>',
  '<a href="data:text/html,x" onclick="alert(1)">x</a>',
  '<p onmouseover="alert(1)" style="position:fixed" id="x">x</p>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<p class="card dialog toast">x</p>',
  '<a href="https://x.test/?&quot;><script>alert(1)</script>">x</a>',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
  '<<p>script>alert(1)<</p>/script>',
  '<form action="https://x.test"><input name=a></form>',
  '<template><p>x</p></template>',
]
test.each(attacks)('nothing acts, nothing is styled, nothing is loaded: %s', (html) => {
  const box = document.createElement('div')
  box.innerHTML = write(readHtml(html))
  const kept = new Set('P BR A SPAN DEL S PRE BLOCKQUOTE CODE B STRONG U I EM UL OL LI RUBY RT RP'.split(' '))
  for (const element of box.querySelectorAll('*')) {
    expect(kept.has(element.tagName), element.tagName).toBe(true)
    for (const { name, value } of element.attributes) {
      expect(['href', 'class', 'lang', 'start', 'value', 'reversed', 'translate']).toContain(name)
      if (name === 'href') expect(value).toMatch(/^https?:/)
      if (name === 'class') expect(value).not.toMatch(/card|dialog|toast/)
    }
  }
})

test('never throws and never grows, whatever it reads', () => {
  const signs = [
    '<',
    '>',
    '/',
    '"',
    "'",
    '&',
    ';',
    '#',
    'x',
    'p',
    'a',
    ' ',
    '=',
    'href',
    '<p>',
    '</p>',
    '<a ',
    '&#',
    '<!--',
    '-->',
  ]
  let seed = 7
  const pick = () => signs[(seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % signs.length] ?? ''
  for (let round = 0; round < 2000; round += 1) {
    const html = Array.from({ length: 30 }, pick).join('')
    expect(textOf(readHtml(html)).length).toBeLessThanOrEqual(html.length)
  }
})

test('depth has an end', () => {
  const deep = '<b>'.repeat(10_000)
  let depth = 0
  for (let [node] = readHtml(deep); typeof node === 'object'; [node] = node.children) depth += 1
  expect(depth).toBeLessThan(60)
})

test('a last paragraph of hashtags is a row of them; hashtags among words stay', () => {
  const tag = (name: string) => `<a class="hashtag" href="https://a.test/tags/${name}">#<span>${name}</span></a>`
  expect(splitTags(readHtml(`<p>Sea</p><p>${tag('bay')} ${tag('潮')}</p>`)).tags).toEqual(['bay', '潮'])
  expect(splitTags(readHtml(`<p>${tag('bay')}</p>`)).tags).toEqual([])
  expect(splitTags(readHtml(`<p>Sea</p><p>at ${tag('bay')}</p>`)).tags).toEqual([])
})
