import { addRule, writeSetting } from '#features/settings'
import { transact } from '#platform/context'
import { openBrowser, type Browser } from '#test/browser'
import { startPeer, type Peer } from '#test/peer'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { makePicture, upload } from '#test/pictures'
import { filledIn } from './sign-up.ts'
import { startTown, type Answer, type Person, type TestTown } from '#test/test-town'

/** Something that was answered, and what was asked. */
export type Told = { what: string; type: string; text: string; body?: unknown }
/** Fields that one request or one arrival fills together, and everything that shows them. */
export type Way = {
  fields: readonly string[]
  take: (attack: string) => Promise<Told[]>
  /** Pages that show what several have brought, read now and then. */
  gather?: () => Promise<Told[]>
}

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const HTML = { accept: 'text/html' }
const ACTIVITY = { accept: 'application/activity+json' }

/** A town with an owner, a writer and a signed-in browser, a server elsewhere, and a host of pages. */
export type AttackedTown = AsyncDisposable & { ways: readonly Way[] }

type World = {
  town: TestTown
  peer: Peer
  pages: PictureHost
  writer: Person
  owner: Person
  browser: Browser
  picture: Buffer
  open: (path: string, headers?: Record<string, string>, token?: string) => Promise<Told>
  act: (method: string, path: string, json: unknown, who?: Person) => Promise<{ told: Told; body: any }>
}

export async function startAttackedTown(): Promise<AttackedTown> {
  const town = await startTown({ isReachable: true })
  const [peer, pages] = [await startPeer(), await startPictureHost()]
  const scopes = 'profile read write follow push admin:read admin:write'
  const [writer, owner] = [await town.person('ines', scopes), await town.person('bram', scopes)]
  const browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: 'ines', password: 'correct horse' })
  await writeSetting(town.ctx, 'registrations', 'open')
  const tell = (what: string, { text, headers, body }: Answer): Told => ({
    what,
    type: headers.get('content-type') ?? '',
    text,
    ...(body === undefined ? {} : { body }),
  })
  const world: World = {
    town,
    peer,
    pages,
    writer,
    owner,
    browser,
    picture: await makePicture(),
    open: async (path, headers = {}, token = '') =>
      tell(path, await town.call('GET', path, { headers, ...(token ? { token } : {}) })),
    act: async (method, path, json, who = writer) => {
      const answer = await town.call(method, path, { token: who.token, json })
      return { told: tell(`${method} ${path}`, answer), body: answer.body }
    },
  }
  return {
    ways: [...ownWords(world), ...arrivals(world), ...echoes(world)],
    [Symbol.asyncDispose]: async () => {
      for (const one of [pages, peer, town]) await one[Symbol.asyncDispose]()
    },
  }
}

/** Everything that shows one of our posts. */
async function readPost({ open, writer }: World, id: string, url: string): Promise<Told[]> {
  const path = `/@${writer.username}/${id}`
  return Promise.all([
    open(`/api/v1/statuses/${id}`, {}, writer.token),
    open(`/api/v1/statuses/${id}/context`, {}, writer.token),
    open(`/api/v1/statuses/${id}/source`, {}, writer.token),
    open(path, HTML),
    open(`${path}/embed`, HTML),
    open(path, ACTIVITY),
    open(`/api/oembed?url=${encodeURIComponent(url)}`),
  ])
}

async function readProfile({ open, writer }: World): Promise<Told[]> {
  return Promise.all([
    open(`/api/v1/accounts/${writer.accountId}`),
    open('/api/v1/accounts/verify_credentials', {}, writer.token),
    open(`/@${writer.username}`, HTML),
    open(`/ap/users/${writer.accountId}`, ACTIVITY),
    open(`/@${writer.username}.rss`),
    open(`/@${writer.username}.atom`),
  ])
}

/** What a member writes, through the API. */
function ownWords(world: World): Way[] {
  const { act, open, writer, owner, town, picture } = world
  const say = async (json: Record<string, unknown>) => (await act('POST', '/api/v1/statuses', json)).body
  return [
    {
      fields: ['display name', 'bio', 'field name', 'field value'],
      take: async (attack) => {
        const fields_attributes = [{ name: attack.slice(0, 255), value: attack.slice(0, 255) }]
        const json = { display_name: attack.slice(0, 30), note: attack, fields_attributes }
        const { told } = await act('PATCH', '/api/v1/accounts/update_credentials', json)
        return [told, ...(await readProfile(world))]
      },
    },
    {
      fields: ['post text', 'content warning', 'poll option', 'quoted text', 'notification text'],
      take: async (attack) => {
        const poll = { options: [`${attack.slice(0, 48)}1`, attack.slice(0, 50)], expires_in: 3600 }
        const post = await say({ status: `@bram ${attack} #sea`, spoiler_text: attack, poll })
        if (!post.id) throw new Error(JSON.stringify(post))
        const quoting = await say({ status: attack, quoted_status_id: post.id })
        await town.settled()
        const told = [post, quoting].map(({ id, url }) => readPost(world, id, url))
        return [
          ...(await Promise.all(told)).flat(),
          await open('/api/v1/notifications?limit=1', {}, owner.token),
          await open('/api/v2/notifications?limit=1', {}, owner.token),
        ]
      },
      gather: async () => {
        const feeds = ['.rss', '.atom', '/feed.json'].map((end) => `/@${writer.username}${end}`)
        const told = await Promise.all([...feeds, '/tags/sea.rss'].map((path) => open(path)))
        const pages = [`/@${writer.username}`, '/tags/sea', '/'].map((path) => open(path, HTML))
        return [...told, ...(await Promise.all(pages))]
      },
    },
    {
      fields: ['media description', 'direct message', 'draft'],
      take: async (attack) => {
        const made = await upload(town, writer.token, { file: picture, description: attack })
        const post = await say({ status: 'seen', media_ids: [made.body.id] })
        const direct = await say({ status: `@bram ${attack}`, visibility: 'direct' })
        const draft = await act('POST', '/api/hamlet/v1/drafts', { parts: [{ text: attack }] })
        await town.settled()
        return [
          ...(await readPost(world, post.id, post.url)),
          await open(`/api/v1/statuses/${direct.id}`, {}, writer.token),
          await open('/api/v1/conversations?limit=1', {}, owner.token),
          draft.told,
        ]
      },
      gather: async () => [await open(`/@${writer.username}.rss`), await open(`/@${writer.username}`, HTML)],
    },
    {
      fields: ['list title', 'filter title', 'filter keyword', 'note on an account', 'report comment'],
      take: async (attack) => {
        const keywords_attributes = [{ keyword: attack }]
        const told = [
          await act('POST', '/api/v1/lists', { title: attack }),
          await act('POST', '/api/v2/filters', { title: attack, context: ['public'], keywords_attributes }),
          await act('POST', `/api/v1/accounts/${owner.accountId}/note`, { comment: attack }),
          await act('POST', '/api/v1/reports', { account_id: owner.accountId, comment: attack }),
        ]
        return told.map((one) => one.told)
      },
    },
    {
      fields: ['server title', 'server description', 'contact', 'rule', 'rule hint'],
      take: async (attack) => {
        await writeSetting(town.ctx, 'title', attack.slice(0, 100))
        await writeSetting(town.ctx, 'description', attack)
        await writeSetting(town.ctx, 'contact_email', attack.slice(0, 250))
        await transact(town.ctx, (tx) => addRule(tx, attack, attack))
        const paths = ['/api/v1/instance', '/api/v2/instance', '/api/v1/instance/rules', '/manifest.webmanifest']
        const told = await Promise.all(['/about', '/', '/sign-up', '/nowhere'].map((path) => open(path, HTML)))
        return [
          ...told,
          ...(await Promise.all(paths.map((path) => open(path)))),
          await open(`/@${writer.username}.rss`),
        ]
      },
    },
  ]
}

/** What comes from other servers and from pages that are linked. */
function arrivals(world: World): Way[] {
  const { town, peer, pages, act, open, writer } = world
  const first = peer.addActor('first')
  let serial = 0
  return [
    {
      fields: [
        ...['name', 'summary', 'field name', 'field value', 'profile address'].map((one) => `remote ${one}`),
        ...[
          'text',
          'content warning',
          'description',
          'hashtag',
          'mention',
          'shortcode',
          'emoji address',
          'post address',
          'poll option',
        ].map((one) => `remote ${one}`),
      ],
      take: async (attack) => {
        serial += 1
        const speaker = hostileActor(peer, first, attack, serial)
        const root = (await act('POST', '/api/v1/statuses', { status: `an open door ${serial}` })).body
        for (const note of hostileNotes(town, speaker.id, root.uri, attack)) {
          const id = `${note.id}/create`
          const activity = { id, type: 'Create', actor: speaker.id, to: [PUBLIC], object: note }
          const status = await peer.send(`${town.url}/inbox`, activity, speaker, { date: town.clock.now() })
          if (status !== 202) throw new Error(`The inbox answered ${status}`)
        }
        await town.settled()
        const arrived = (await act('GET', `/api/v1/statuses/${root.id}/context`, undefined)).body.descendants
        const isQuestion = (one: { poll: unknown }) => one.poll !== null
        if (arrived.length < 2 || !arrived.some(isQuestion)) throw new Error(`Only ${arrived.length} came: ${attack}`)
        return [
          ...(await readPost(world, root.id, root.url)),
          await open(`/api/v1/accounts/${arrived[0].account.id}`, {}, writer.token),
        ]
      },
      gather: async () => [
        await open('/tags/reef', HTML),
        await open('/tags/reef.atom'),
        await open('/api/v1/timelines/public?remote=true&limit=40', {}, writer.token),
      ],
    },
    {
      fields: ['title', 'description', 'author', 'provider', 'embed', 'picture'].map((one) => `card ${one}`),
      take: async (attack) => {
        const safe = attack.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
        const meta = (name: string) => `<meta property="og:${name}" content="${safe}">`
        const oembed = { version: '1.0', type: 'video', title: attack, author_name: attack, author_url: attack }
        const more = { provider_name: attack, provider_url: attack, html: attack, width: 100, height: 100 }
        const told = pages.put(
          Buffer.from(JSON.stringify({ ...oembed, ...more, thumbnail_url: attack })),
          'application/json',
        )
        const rest = ['title', 'description', 'site_name', 'image', 'image:alt', 'video:url'].map(meta).join('')
        const bare = pages.put(
          Buffer.from(`<html><head>${rest}<meta name="author" content="${safe}"></head></html>`),
          'text/html',
        )
        const link = `<link rel="alternate" type="application/json+oembed" href="${told}">`
        const rich = pages.put(Buffer.from(`<html><head><title>t</title>${link}</head></html>`), 'text/html')
        const posts = []
        for (const url of [bare, rich])
          posts.push((await act('POST', '/api/v1/statuses', { status: `see ${url}` })).body)
        await town.settled()
        const seen = await Promise.all(posts.map(({ id, url }) => readPost(world, id, url)))
        return seen.flat()
      },
    },
  ]
}

type Speaker = ReturnType<Peer['addActor']>

/** All of them share one key, under names of their own. */
function hostileActor(peer: Peer, first: Speaker, attack: string, serial: number): Speaker {
  const template = peer.documents.get('/users/first') as Record<string, any>
  const name = `evil${serial}`
  const id = `${peer.url}/users/${name}`
  peer.documents.set(`/users/${name}`, {
    ...template,
    id,
    preferredUsername: name,
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: `${id}/followers`,
    publicKey: { ...template.publicKey, id: `${id}#main-key`, owner: id },
    name: attack,
    summary: attack,
    url: attack,
    icon: { type: 'Image', url: attack, name: attack },
    attachment: [{ type: 'PropertyValue', name: attack, value: attack }],
    tag: [{ type: 'Emoji', name: attack, icon: { type: 'Image', url: attack } }],
  })
  peer.documents.set(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:${name}@${peer.host}`)}`, {
    subject: `acct:${name}@${peer.host}`,
    links: [{ rel: 'self', type: 'application/activity+json', href: id }],
  })
  return { id, key: first.key }
}

function hostileNotes(town: TestTown, actor: string, inReplyTo: string, attack: string) {
  const published = new Date(town.clock.now().getTime() - 1000).toISOString()
  const tag = [
    { type: 'Hashtag', name: '#reef', href: attack },
    { type: 'Hashtag', name: `#${attack}`, href: attack },
    { type: 'Mention', name: attack, href: attack },
    { type: 'Emoji', name: attack, icon: { type: 'Image', url: attack } },
    { type: 'Emoji', name: ':fern:', icon: { type: 'Image', url: attack } },
  ]
  const common = { attributedTo: actor, to: [PUBLIC], inReplyTo, published, tag, summary: attack, url: attack }
  const words = { ...common, content: `<p>${attack} :fern:</p>` }
  const option = (name: string) => ({ type: 'Note', name, replies: { type: 'Collection', totalItems: 1 } })
  const attachment = [
    { type: 'Document', mediaType: 'image/png', url: attack, name: attack },
    { type: 'Document', mediaType: 'image/png', url: 'https://nowhere.test/x.png', name: attack },
  ]
  const endTime = new Date(town.clock.now().getTime() + 86_400_000).toISOString()
  const serial = actor.split('/').at(-1)
  return [
    { ...words, id: `${actor}/notes/${serial}`, type: 'Note', attachment },
    {
      ...words,
      id: `${actor}/questions/${serial}`,
      type: 'Question',
      endTime,
      oneOf: [option(attack), option(`${attack} 2`)],
    },
  ]
}

/** What is in an address or a form, and comes back in the answer. */
function echoes({ town, browser, open, act, writer }: World): Way[] {
  const visit = async (what: string, visited: Promise<{ text: string; headers: Headers }>): Promise<Told> => {
    const { text, headers } = await visited
    return { what, type: headers.get('content-type') ?? '', text }
  }
  return [
    {
      fields: ['path', 'profile name', 'hashtag name', 'search', 'way back', 'key', 'address to interact with'],
      take: async (attack) => {
        const safe = encodeURIComponent(attack)
        const pages = [`/${safe}`, `/@${safe}`, `/@ines/${safe}`, `/tags/${safe}`, `/tags/sea?max_id=${safe}`]
        const forms = ['sign-in?next', 'interact?uri', 'password/new?key', 'confirm?key', 'appeal?key', 'search?q']
        const personal = [...forms, 'authorize_interaction?uri', 'sign-up?error', 'about?x']
        const told = [...pages, ...personal.map((one) => `/${one}=${safe}`)].map((path) => open(path, HTML))
        const asked = [`/api/v2/search?q=${safe}`, `/api/v1/accounts/lookup?acct=${safe}`, `/api/oembed?url=${safe}`]
        const more = [`/api/v1/${safe}`, `/.well-known/webfinger?resource=${safe}`, `/tags/${safe}.rss`]
        return Promise.all([...told, ...[...asked, ...more].map((path) => open(path, {}, writer.token))])
      },
    },
    {
      fields: ['sign-in form', 'sign-up form', 'password form', 'interaction form'],
      take: async (attack) => {
        const forms: [string, Record<string, string>][] = [
          ['/sign-in', { login: attack, password: attack, next: attack }],
          ['/sign-up', filledIn(town, { username: attack, email: attack, password: attack, reason: attack })],
          ['/password', { email: attack }],
          ['/password/new', { key: attack, password: attack }],
          ['/interact', { uri: attack, handle: attack, account: attack }],
        ]
        return Promise.all(forms.map(([path, fields]) => visit(`POST ${path}`, browser.post(path, fields))))
      },
    },
    {
      fields: ['app name', 'app website', 'app redirect', 'app state'],
      take: async (attack) => {
        const app = { redirect_uris: 'app://done', scopes: 'read' }
        const { body } = await act('POST', '/api/v1/apps', { ...app, client_name: attack.slice(0, 60) })
        const tried = await act('POST', '/api/v1/apps', {
          ...app,
          client_name: 'x',
          website: attack,
          redirect_uris: attack,
        })
        const asked = { response_type: 'code', client_id: body.client_id, redirect_uri: 'app://done', scope: 'read' }
        const query = (more: Record<string, string>) => new URLSearchParams({ ...asked, ...more }).toString()
        const changes = [{ state: attack }, { redirect_uri: attack }, { scope: attack }, { client_id: attack }]
        const pages = changes.map((one) => visit('consent', browser.get(`/oauth/authorize?${query(one)}`)))
        return [
          tried.told,
          ...(await Promise.all(pages)),
          await open('/api/v1/apps/verify_credentials', {}, writer.token),
        ]
      },
    },
    {
      fields: ['faulty API value'],
      take: async (attack) => {
        const json = { status: attack, visibility: attack, language: attack, in_reply_to_id: attack }
        return [
          (await act('POST', '/api/v1/statuses', json)).told,
          await visit('no page', browser.get(`/oauth/authorize?client_id=${encodeURIComponent(attack)}`)),
          await open(`/media/${encodeURIComponent(attack)}`),
        ]
      },
    },
  ]
}
