import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { EmojiText } from './emoji.tsx'
import { Html } from './html.tsx'
import { Name } from './name.tsx'

const emoji = (shortcode: string, moves = false) => ({
  shortcode,
  url: `https://town.test/media/emoji/${shortcode}.${moves ? 'gif' : 'png'}`,
  static_url: `https://town.test/media/emoji/${shortcode}.png`,
  visible_in_picker: true,
})
const draw = (element: Parameters<typeof render>[0]) => {
  const page = document.createElement('div')
  page.innerHTML = render(element)
  return page
}
const alts = (page: Element) => [...page.querySelectorAll('img')].map((image) => image.alt)

test('names that are known are pictures with the name as their words; all else is text', () => {
  const page = draw(<EmojiText text="a :fern: <b> :none: x:fern: :fern:" emojis={[emoji('fern')]} />)
  expect(alts(page)).toEqual([':fern:', ':fern:'])
  expect(page.textContent).toBe('a  <b> :none: x:fern: ')
  expect(page.querySelector('img')?.title).toBe(':fern:')
  expect(draw(<EmojiText text=":fern:" emojis={[]} />).innerHTML).toBe(':fern:')
})

test('one that moves stands still until it is hovered: its second picture has no words of its own', () => {
  const page = draw(<EmojiText text=":wave:" emojis={[emoji('wave', true)]} />)
  const [still, moving] = [...page.querySelectorAll('img')]
  expect([still?.src.endsWith('.png'), moving?.src.endsWith('.gif'), moving?.alt]).toEqual([true, true, ''])
  expect(still?.getAttribute('loading')).toBe('lazy')
})

test('in HTML they stand in texts, never in addresses', () => {
  const html = '<p>:fern: <a href="https://x.test/:fern:/">:fern:</a></p>'
  const page = draw(<Html html={html} emojis={[emoji('fern')]} />)
  expect(alts(page)).toHaveLength(2)
  expect(page.querySelector('a')?.getAttribute('href')).toBe('https://x.test/:fern:/')
})

test('addresses of a stranger cannot leave their attribute', () => {
  const odd = { ...emoji('fern'), static_url: 'https://x.test/"><script>1</script>' }
  const page = draw(<EmojiText text=":fern:" emojis={[odd]} />)
  expect(page.querySelector('script')).toBeNull()
})

test('a name is shown in its own direction, the user name in place of none', () => {
  const account = { display_name: 'ليان :fern:', username: 'layan', emojis: [emoji('fern')] }
  const page = draw(<Name account={account} />)
  expect(page.querySelector('bdi > .emoji > img')).not.toBeNull()
  expect(draw(<Name account={{ ...account, display_name: '' }} />).textContent).toBe('layan')
})
