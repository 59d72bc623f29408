import assert from 'node:assert/strict'
import type { Town } from '../town.ts'

type Post = { id: string; content: string }

/**
 * Kills the server again and again while a client posts. The client repeats what was not acknowledged with the same
 * Idempotency-Key, as apps do. Every acknowledged post must be there, and no post twice.
 */
export async function loseNothing(town: Town, kills: number): Promise<void> {
  await town.hamlet('accounts', 'create', 'tiller', '--email', 'tiller@example.org', '--confirmed')
  const { access_token: token = '' } = await town.hamlet('tokens', 'create', 'tiller', '--scopes', 'read write')
  const acknowledged = new Map<string, string>()
  let isOver = false
  const writer = async (lane: number) => {
    for (let turn = 0; !isOver; turn += 1) {
      const key = `lane-${lane}-${turn}`
      while (!acknowledged.has(key)) {
        const id = await tryPost(town, token, key)
        if (id) acknowledged.set(key, id)
        else await new Promise((done) => setTimeout(done, 20))
      }
    }
  }
  const writers = [1, 2, 3, 4].map(writer)
  for (let kill = 0; kill < kills; kill += 1) {
    await new Promise((done) => setTimeout(done, 300))
    await town.crash()
  }
  isOver = true
  await Promise.all(writers)
  const found = await readAll(town, token)
  assert.ok(acknowledged.size > kills, `${acknowledged.size} posts were acknowledged`)
  assert.equal(new Set(found.values()).size, found.size, 'no post is there twice')
  const lost = [...acknowledged].filter(([key, id]) => found.get(id) !== key)
  assert.deepEqual(lost, [], 'no acknowledged post is lost')
  console.log(`        ${kills} kills, ${acknowledged.size} posts acknowledged, 0 lost, 0 doubled`)
}

async function tryPost(town: Town, token: string, key: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${town.url}/api/v1/statuses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ status: key }),
    })
    return response.status === 200 ? ((await response.json()) as Post).id : undefined
  } catch {
    return undefined
  }
}

/** Every post of the client, by id, page after page. */
async function readAll(town: Town, token: string): Promise<Map<string, string>> {
  const headers = { authorization: `Bearer ${token}` }
  const me = (await (await fetch(`${town.url}/api/v1/accounts/verify_credentials`, { headers })).json()) as {
    id: string
  }
  const found = new Map<string, string>()
  for (let older = ''; ;) {
    const page = (await (
      await fetch(`${town.url}/api/v1/accounts/${me.id}/statuses?limit=40${older}`, { headers })
    ).json()) as Post[]
    for (const post of page) found.set(post.id, post.content.replaceAll(/<[^>]+>/g, ''))
    const last = page.at(-1)
    if (!last) return found
    older = `&max_id=${last.id}`
  }
}
