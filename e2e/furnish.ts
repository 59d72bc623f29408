import { ask, moveIn, upload, type Someone } from './api.ts'
import type { Subjects } from './patterns.ts'
import type { Town } from './town.ts'

export type Furnished = { reader: Someone; writer: Someone; subjects: Subjects; posts: { id: string; url: string }[] }

type Names = { reader: string; writer: string }

/** Every screen of the reader, who owns the town, shows these words, wherever somebody can have written them. */
export async function furnish(town: Town, names: Names, words: readonly string[], picture: Buffer): Promise<Furnished> {
  const [reader, writer] = [await moveIn(town, names.reader, 'owner'), await moveIn(town, names.writer)]
  const first = words[0] ?? ''
  for (const who of [reader, writer]) await describe(town, who, words)
  for (const [who, other] of [
    [reader, writer],
    [writer, reader],
  ] as const)
    await ask(town, who.token, ['POST', `/api/v1/accounts/${other.id}/follow`])
  const posts: { id: string; url: string }[] = []
  for (const word of words) posts.push(await write(town, writer, word, { reader, picture }))
  const root = posts.at(-1) as { id: string; url: string }
  for (const act of ['favourite', 'bookmark', 'reblog'])
    await ask(town, reader.token, ['POST', `/api/v1/statuses/${root.id}/${act}`])
  for (const status of words.slice(0, 4)) {
    const own = await ask(town, reader.token, ['POST', '/api/v1/statuses'], { status, in_reply_to_id: root.id })
    await ask(town, writer.token, ['POST', `/api/v1/statuses/${own.id}/favourite`])
  }
  await ask(town, reader.token, ['POST', '/api/v1/statuses'], { status: first, quoted_status_id: root.id })
  await ask(town, writer.token, ['POST', '/api/v1/statuses'], {
    status: `@${reader.name} ${first}`,
    visibility: 'direct',
  })
  const list = await keep(town, reader, words, writer)
  const report = { account_id: writer.id, status_ids: [root.id], comment: words.join(' ').slice(0, 1000) }
  const filed = await ask(town, reader.token, ['POST', '/api/v1/reports'], report)
  return { reader, writer, posts, subjects: { acct: writer.name, post: root.id, list, tag: 'sea', report: filed.id } }
}

async function describe(town: Town, who: Someone, words: readonly string[]): Promise<void> {
  const shortest = [...words].sort((a, b) => a.length - b.length)
  const fields_attributes = words.slice(0, 4).map((word) => ({ name: word.slice(0, 250), value: word.slice(0, 250) }))
  const json = { display_name: shortest[0]?.slice(0, 30), note: words.join('\n').slice(0, 490), fields_attributes }
  await ask(town, who.token, ['PATCH', '/api/v1/accounts/update_credentials'], { ...json, discoverable: true })
}

async function write(town: Town, who: Someone, word: string, more: { reader: Someone; picture: Buffer }) {
  const pictured = { media_ids: [await upload(town, who.token, more.picture, word)] }
  await ask(town, who.token, ['POST', '/api/v1/statuses'], { status: `${word} #sea`, ...pictured })
  const options = [word.slice(0, 50), `${word.slice(0, 45)} two`]
  const status = `@${more.reader.name} ${word} #sea`
  const json = { status, spoiler_text: word, poll: { options, expires_in: 86_400 } }
  return ask<{ id: string; url: string }>(town, who.token, ['POST', '/api/v1/statuses'], json)
}

/** What the reader has written for themselves; gives the id of a list. */
async function keep(town: Town, reader: Someone, words: readonly string[], writer: Someone): Promise<string> {
  const lists: { id: string }[] = []
  for (const title of words) {
    lists.push(await ask(town, reader.token, ['POST', '/api/v1/lists'], { title }))
    const keywords_attributes = [{ keyword: title }]
    const json = { title, context: ['notifications'], keywords_attributes, filter_action: 'warn' }
    await ask(town, reader.token, ['POST', '/api/v2/filters'], json)
  }
  const id = lists[0]?.id ?? ''
  await ask(town, reader.token, ['POST', `/api/v1/lists/${id}/accounts`], { account_ids: [writer.id] })
  await ask(town, reader.token, ['POST', `/api/v1/accounts/${writer.id}/note`], { comment: words.join(' ') })
  await ask(town, reader.token, ['POST', '/api/hamlet/v1/drafts'], { parts: [{ text: words.join(' ') }] })
  return id
}
