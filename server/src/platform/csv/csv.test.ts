import { expect, test } from 'vitest'
import { parseCsv, writeCsv } from '#platform/csv'

const rules = { columns: ['Account address', 'Show boosts'], maxRows: 3, maxBytes: 1000 }
const cellsOf = (content: Uint8Array | string) => parseCsv(content, rules).rows.map(({ cells }) => cells)

test('a head is known by its first name, however it is written, and its columns may stand anywhere', () => {
  const want = [{ 'Account address': 'a@b.example', 'Show boosts': 'true' }]
  expect(cellsOf('Account address,Show boosts\na@b.example,true\n')).toEqual(want)
  expect(cellsOf('\uFEFF#account ADDRESS,Other,Show boosts\r\na@b.example,x,true\r\n')).toEqual(want)
  expect(cellsOf('Show boosts,Account address\ntrue,a@b.example')).toEqual(want)
  expect(cellsOf('a@b.example,true')).toEqual(want)
  expect(parseCsv('a@b.example,true', rules).head).toBeUndefined()
})

test('short, long, empty and oddly quoted rows are rows', () => {
  expect(cellsOf('a@b.example\n\n,\n"q ""x"",\ny",true,more\nz "w" v,false')).toEqual([
    { 'Account address': 'a@b.example' },
    { 'Account address': 'q "x",\ny', 'Show boosts': 'true' },
    { 'Account address': 'z "w" v', 'Show boosts': 'false' },
  ])
  expect(parseCsv('one\n\ntwo\n', rules).rows.map(({ line }) => line)).toEqual([1, 3])
})

test.each([
  ['too many rows', 'a\nb\nc\nd\n', 'more than 3 rows'],
  ['too large', 'x'.repeat(1001), 'larger than'],
  ['no text', Buffer.from([0xff, 0xfe, 0x00]), 'not a text'],
  ['a NUL', 'a\0b', 'not a text'],
  ['a quote without end', '"abc\nd', 'no table'],
])('refused: %s', (_name, content, words) => {
  expect(() => parseCsv(content, rules)).toThrow(words)
})

test('three rows below a head are not four', () => {
  expect(cellsOf('Account address\na\nb\nc\n')).toHaveLength(3)
})

test('what a spreadsheet would compute is written so that it does not, and is read back as it was', () => {
  const titles = ['=1+1', '-x', '@you', "'=quoted", '+49', 'plain', "it's", 'a "b", c\nd', "'apostrophe"]
  const text = writeCsv(titles.map((title) => [title, 'x']))
  for (const line of text.split('\n')) expect(line).not.toMatch(/^"?[=+\-@]/)
  const read = parseCsv(text, { columns: ['title', 'x'], maxRows: 100, maxBytes: 10_000 })
  expect(read.rows.map(({ cells }) => cells.title)).toEqual(titles)
})
