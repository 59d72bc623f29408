import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { me } from '../../app/session.ts'
import { isLeftElsewhere, markHome, sayMarks } from './places.ts'

let sent: Record<string, { last_read_id: string }>[]
beforeEach(() => {
  localStorage.clear()
  sent = []
  me.value = { id: '1' } as never
  vi.stubGlobal('fetch', async (_path: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body))
    return new Response('{}')
  })
})
afterEach(() => vi.unstubAllGlobals())

const say = async (seen: string, whole: string | undefined) => {
  markHome(seen, whole, { last_read_id: '500', updated_at: '' })
  sayMarks()
  await new Promise((done) => setTimeout(done))
}
const at = (last_read_id: string) => ({ last_read_id, updated_at: '' })

test('the marker of home moves only forward, the place where it was left both ways, each said once', async () => {
  await say('400', '399')
  await say('400', '399')
  await say('600', '590')
  await say('610', undefined)
  await say('450', 'gap-1')
  expect(sent).toEqual([
    { hamlet_home_place: { last_read_id: '399' } },
    { home: { last_read_id: '600' }, hamlet_home_place: { last_read_id: '590' } },
    { home: { last_read_id: '610' }, hamlet_home_place: { last_read_id: '0' } },
    { hamlet_home_place: { last_read_id: '450' } },
  ])
  expect(isLeftElsewhere(at('450')), 'this device said so itself').toBe(false)
  expect(isLeftElsewhere(at('449'))).toBe(true)
  expect(isLeftElsewhere(at('0')), 'at the top one is shown the newest').toBe(false)
})
