import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { evictPictures } from '#features/media'
import { startPeer, type Peer } from '#test/peer'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

type Actor = ReturnType<Peer['addActor']>
type Attached = { url: string; blurhash?: string; mediaType?: string }
type Note = { id: string; published: string; to: string[] } & Record<string, unknown>
type Arrived = { note: Note; status: any; pictures: any[] }

/** A town with a reader, another server with an author, and a third one that has the author's pictures. */
export type PictureWorld = AsyncDisposable & {
  town: TestTown
  peer: Peer
  shelf: PictureHost
  ines: Person
  bram: Actor
  /** A post of the author, at its own server; nobody here has heard of it. */
  write(attached: readonly (string | Attached)[], author?: Actor): Note
  /** The same, found by the reader. */
  arrive(attached: readonly (string | Attached)[], author?: Actor): Promise<Arrived>
  arriveOne(url: string): Promise<any>
  /** Signed at the time that it is in the town, which some tests move on. Done when all its consequences are. */
  send(activity: { type: string; object: unknown }, as?: Actor): Promise<number>
  countFiles(kind?: string): number
  countRows(): Promise<number>
  folder(kind: string): string
  /** A cache with nothing in it, and no memory of failures. */
  forgetAll(): Promise<void>
}

export async function startPictureWorld(): Promise<PictureWorld> {
  const town = await startTown({ isReachable: true })
  const [peer, shelf, ines] = [await startPeer(), await startPictureHost(), await town.person('ines')]
  const bram = peer.addActor('bram')
  const write: PictureWorld['write'] = (attached, author = bram) => {
    const note = noteOf(author, attached)
    peer.documents.set(new URL(note.id).pathname, note)
    return note
  }
  const arrive: PictureWorld['arrive'] = async (attached, author) => {
    const note = write(attached, author)
    const status = await show(town, ines, note.id)
    return { note, status, pictures: status.media_attachments }
  }
  const folder = (kind: string) => join(town.ctx.config.dataDir, 'media', kind)
  return {
    town,
    peer,
    shelf,
    ines,
    bram,
    write,
    arrive,
    arriveOne: async (url) => (await arrive([url])).pictures[0],
    send: async (activity, as = bram) => {
      const whole = { id: `${as.id}#acts/${Math.random()}`, actor: as.id, to: [PUBLIC], ...activity }
      const status = await peer.send(`${town.url}/inbox`, whole, as, { date: town.ctx.clock.now() })
      await town.settled()
      return status
    },
    countFiles: (kind = 'cached') => countFilesIn(folder(kind)),
    countRows: async () => (await town.ctx.db.selectFrom('remote_pictures').select('signature').execute()).length,
    folder,
    forgetAll: async () => {
      await evictPictures({ ...town.ctx, config: { ...town.ctx.config, pictureCacheDays: -1 } })
      await town.settled()
    },
    [Symbol.asyncDispose]: async () => {
      await shelf[Symbol.asyncDispose]()
      await peer[Symbol.asyncDispose]()
      await town[Symbol.asyncDispose]()
    },
  }
}

function noteOf(author: Actor, attached: readonly (string | Attached)[]): Note {
  const files = attached.map((one) => (typeof one === 'string' ? { url: one } : one))
  return {
    id: `${author.id}/statuses/${Math.random()}`,
    type: 'Note',
    attributedTo: author.id,
    content: '<p>look</p>',
    to: [PUBLIC],
    published: new Date(Date.now() - 1000).toISOString(),
    attachment: files.map((one) => ({ type: 'Document', mediaType: 'image/jpeg', ...one })),
  }
}

/** A post of another server as it is shown here. */
export async function show(town: TestTown, who: Person, uri: string): Promise<any> {
  const path = `/api/v2/search?resolve=true&q=${encodeURIComponent(uri)}`
  return (await town.call('GET', path, { token: who.token })).body.statuses[0]
}

export async function look(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers })
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
}

export async function statusOf(url: string): Promise<number> {
  return (await look(url)).status
}

function countFilesIn(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length
}
