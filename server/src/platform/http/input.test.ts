import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { parseForm, prepareInput } from './input.ts'

describe('forms with lists of objects', () => {
  const two = { list: [{ name: 'a', on: '1' }, { name: 'b' }] }
  test.each([
    ['list[0][name]=a&list[0][on]=1&list[1][name]=b', two],
    ['list[][name]=a&list[][on]=1&list[][name]=b', two],
    ['list%5B%5D%5Bname%5D=a&list%5b%5d%5bon%5d=1&list%5B%5D%5Bname%5D=b', two],
    ['list[][name]=a=[][x]&other[]=1&other[]=2', { list: [{ name: 'a=[][x]' }], other: ['1', '2'] }],
    ['a[b][][c]=1&a[b][][c]=2&x[][c]=3', { a: { b: [{ c: '1' }, { c: '2' }] }, x: [{ c: '3' }] }],
    ['plain=a[][b]', { plain: 'a[][b]' }],
  ])('%s', (text, expected) => expect(parseForm(text)).toEqual(expected))
})

test('null is dropped, unless the schema takes it', () => {
  const schema = Type.Object({
    text: Type.Optional(Type.String()),
    end: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  })
  expect(prepareInput(schema, { text: null, end: null, unknown: null })).toEqual({ end: null })
})
