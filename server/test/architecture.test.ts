import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ranks } from '#app/ranks'
import { findViolations, readHouse, readMatrix } from './architecture.ts'

const server = join(import.meta.dirname, '..')
const house = readHouse(server, ranks)

test('the house keeps its laws', () => {
  expect(findViolations(house, join(server, 'migrations'))).toEqual([])
})

test('every room has a rank, a door with a head comment, and the house was really read', () => {
  const rooms = readdirSync(join(server, 'src/features'))
  expect(rooms.length).toBeGreaterThan(8)
  expect(house.tables.size).toBeGreaterThan(12)
  for (const room of rooms) {
    const door = house.files.find((file) => file.path === `features/${room}/index.ts`)
    expect(door?.text, room).toMatch(/^\/\*\*[\s\S]*?Purpose: [\s\S]*?Owns/)
  }
})

test('which room reads whose tables', () => {
  const matrix = [...readMatrix(house)].map(([room, owners]) => `${room} ← ${[...owners].toSorted().join(', ')}`)
  console.log(matrix.toSorted().join('\n'))
  expect(matrix.length).toBeGreaterThan(0)
})
