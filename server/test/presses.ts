import { makeSetUpLink } from '#features/set-up'
import { writeSetting } from '#features/settings'
import { openBrowser } from './browser.ts'
import { adminPresses } from './admin-presses.ts'
import { archivePresses, movePresses } from './archive-presses.ts'
import { casePresses } from './case-presses.ts'
import { announcementPresses } from './announcement-presses.ts'
import { composerPresses } from './composer-presses.ts'
import { filterPresses } from './filter-presses.ts'
import { listAndTagPresses } from './list-presses.ts'
import { joiningPresses } from './joining-presses.ts'
import { keyOf, linksOf } from './mail.ts'
import { makePicture, upload } from './pictures.ts'
import { measurePresses } from './measure-presses.ts'
import { networkPresses } from './network-presses.ts'
import { notificationPresses } from './notification-presses.ts'
import { overviewPresses } from './overview-presses.ts'
import { profilePresses } from './profile-presses.ts'
import { pushPresses } from './push-presses.ts'
import { rolePresses } from './role-presses.ts'
import { rulePresses } from './rule-presses.ts'
import { enteringPresses } from './entering-presses.ts'
import { serverPresses } from './server-presses.ts'
import { settingsPresses } from './settings-presses.ts'
import { taxonomyPresses } from './taxonomy-presses.ts'
import { toolPresses } from './tool-presses.ts'
import { sitePresses } from './site-presses.ts'
import { threadPresses } from './thread-presses.ts'
import { replyPresses } from './reply-presses.ts'
import { all, first, write, type MakePress, type Press, type World } from './press.ts'
import { filledIn } from './sign-up.ts'
import type { TestTown } from './test-town.ts'

let serial = 0
const text = (n: number) => `words ${n}`

/** Every route and form that changes something, by method and path as it is declared. */
export function listPresses(): Record<string, MakePress> {
  return {
    ...statusPresses(),
    ...composerPresses(),
    ...peoplePresses(),
    ...listAndTagPresses(),
    ...profilePresses(),
    ...notificationPresses(),
    ...filterPresses(),
    ...threadPresses(),
    ...replyPresses(),
    ...pushPresses(),
    ...enteringPresses(),
    ...settingsPresses(),
    ...sitePresses(),
    ...announcementPresses(),
    ...archivePresses(),
    ...movePresses(),
    ...teamPresses(),
    ...adminPresses(),
    ...casePresses(),
    ...measurePresses(),
    ...toolPresses(),
    ...rolePresses(),
    ...serverPresses(),
    ...taxonomyPresses(),
    ...rulePresses(),
    ...overviewPresses(),
    ...joiningPresses(),
    ...mediaPresses(),
    ...appPresses(),
    ...entrancePresses(),
    ...linkPresses(),
  }
}

function statusPresses(): Record<string, MakePress> {
  const onPost = (method: string, suffix: string, gives: Record<number, number>, before: string[] = []) => {
    const make: MakePress = async ({ town, fresh }) => {
      const [author, reader] = [await fresh(), await fresh()]
      const path = `/api/v1/statuses/${await write(town, author)}`
      for (const verb of before) await town.call('POST', `${path}/${verb}`, { token: reader.token })
      const who = suffix === '' ? author : reader
      return { path: `${path}${suffix}`, caller: { token: who.token, json: { status: text(2) } }, gives }
    }
    return [`${method} /api/v1/statuses/:id${suffix}`, make] as const
  }
  return Object.fromEntries([
    onPost('PUT', '', all(200)),
    onPost('DELETE', '', first(200, 404)),
    onPost('POST', '/favourite', all(200)),
    onPost('POST', '/unfavourite', all(200), ['favourite']),
    onPost('POST', '/bookmark', all(200)),
    onPost('POST', '/unbookmark', all(200), ['bookmark']),
    onPost('POST', '/reblog', all(200)),
    onPost('POST', '/unreblog', all(200), ['reblog']),
    onPost('POST', '/mute', all(200)),
    onPost('POST', '/unmute', all(200), ['mute']),
    ...(['PUT', 'PATCH'] as const).map((method) => [
      `${method} /api/v1/statuses/:id/interaction_policy`,
      async ({ town, fresh }: World) => {
        const author = await fresh()
        const path = `/api/v1/statuses/${await write(town, author)}/interaction_policy`
        return { path, caller: { token: author.token, json: { quote_approval_policy: 'nobody' } }, gives: all(200) }
      },
    ]),
    [
      'POST /api/v1/statuses/:id/quotes/:quoting_id/revoke',
      async ({ town, fresh }: World) => {
        const [author, quoter] = [await fresh(), await fresh()]
        const post = await write(town, author)
        const quoting = await write(town, quoter, { quoted_status_id: post })
        const path = `/api/v1/statuses/${post}/quotes/${quoting}/revoke`
        return { path, caller: { token: author.token }, gives: all(200) }
      },
    ],
    [
      'POST /api/v1/polls/:id/votes',
      async ({ town, fresh }: World) => {
        const poll = { options: ['one', 'two'], expires_in: 3600 }
        const id = await write(town, await fresh(), { poll })
        const caller = { token: (await fresh()).token, json: { choices: [1] } }
        return { path: `/api/v1/polls/${id}/votes`, caller, gives: first(200, 422) }
      },
    ],
    [
      'POST /api/v1/statuses',
      async ({ town, fresh }: World) => {
        const [author, parent] = [await fresh(), await write(town, await fresh())]
        const json = { status: 'one reply', in_reply_to_id: parent, quoted_status_id: parent }
        const headers = { 'idempotency-key': `key-${parent}` }
        return { path: '/api/v1/statuses', caller: { token: author.token, json, headers }, gives: all(200) }
      },
    ],
  ])
}

function peoplePresses(): Record<string, MakePress> {
  const onPerson = (verb: string, before: 'follow' | 'followed' | 'none', json: Record<string, unknown> = {}) => {
    const make: MakePress = async ({ town, fresh }) => {
      const [who, other] = [await fresh(), await fresh()]
      const [from, to] = before === 'followed' ? [other, who] : [who, other]
      const follow = `/api/v1/accounts/${to.accountId}/follow`
      if (before !== 'none') await town.call('POST', follow, { token: from.token })
      const path = `/api/v1/accounts/${other.accountId}/${verb}`
      return { path, caller: { token: who.token, json }, gives: all(200) }
    }
    return [`POST /api/v1/accounts/:id/${verb}`, make] as const
  }
  const onRequest = (verb: string) => {
    const make: MakePress = async ({ town, fresh }) => {
      const [locked, asker] = [await fresh(), await fresh()]
      const change = { token: locked.token, json: { locked: true } }
      await town.call('PATCH', '/api/v1/accounts/update_credentials', change)
      await town.call('POST', `/api/v1/accounts/${locked.accountId}/follow`, { token: asker.token })
      const path = `/api/v1/follow_requests/${asker.accountId}/${verb}`
      return { path, caller: { token: locked.token, json: {} }, gives: first(200, 404) }
    }
    return [`POST /api/v1/follow_requests/:id/${verb}`, make] as const
  }
  return Object.fromEntries([
    onPerson('follow', 'none'),
    onPerson('unfollow', 'follow'),
    onPerson('remove_from_followers', 'followed'),
    onPerson('block', 'follow'),
    onPerson('unblock', 'none'),
    onPerson('mute', 'follow', { duration: 60 }),
    onPerson('unmute', 'none'),
    onPerson('note', 'none', { comment: 'tall' }),
    onRequest('authorize'),
    onRequest('reject'),
  ])
}

/** A post, its author, and a report about both. */
async function reported({ town, fresh }: World) {
  const [target, reporter] = [await fresh(), await fresh()]
  const post = await write(town, target)
  const filed = { account_id: target.accountId, status_ids: [post], comment: 'a threat' }
  const report = await town.call('POST', '/api/v1/reports', { token: reporter.token, json: filed })
  return { target, filed, reporter, id: report.body.id as string }
}

/** Somebody suspended, with the key of the mail that tells so. */
async function suspended(world: World) {
  const { target, id } = await reported(world)
  const { town, owner } = world
  const decision = { token: owner.token, json: { decision: 'suspend', text: 'No.' } }
  await town.call('POST', `/api/web/moderation/reports/${id}/decision`, decision)
  await town.settled()
  const links = linksOf(town, `${target.username}@example.org`)
  return keyOf(links.find((link) => link.startsWith('/appeal')))
}

function teamPresses(): Record<string, MakePress> {
  const asOwner = ({ owner }: World, json: Record<string, unknown> = {}) => ({ token: owner.token, json })
  const domains = '/api/web/moderation/domains'
  return {
    'POST /api/v1/reports': async (world) => {
      const { reporter, filed } = await reported(world)
      return { path: '/api/v1/reports', caller: { token: reporter.token, json: filed }, gives: all(200) }
    },
    'POST /api/web/moderation/reports/:id/decision': async (world) => {
      const { id } = await reported(world)
      const path = `/api/web/moderation/reports/${id}/decision`
      return { path, caller: asOwner(world, { decision: 'delete' }), gives: first(200, 409) }
    },
    'POST /api/web/moderation/appeals/:id/decision': async (world) => {
      await openBrowser(world.town.address).post(
        '/appeal',
        { key: await suspended(world), text: 'A joke.' },
        ownPage(world.town),
      )
      const queue = await world.town.call('GET', '/api/web/moderation/queue', { token: world.owner.token })
      const path = `/api/web/moderation/appeals/${queue.body.appeals[0].id}/decision`
      return { path, caller: asOwner(world, { approve: true }), gives: first(200, 404) }
    },
    'POST /api/web/moderation/domains': async (world) => ({
      path: domains,
      caller: asOwner(world, { host: 'noisy.example', severity: 'suspend' }),
      gives: all(200),
    }),
    'DELETE /api/web/moderation/domains/:host': async (world) => {
      await world.town.call('POST', domains, asOwner(world, { host: 'quiet.example', severity: 'silence' }))
      return { path: `${domains}/quiet.example`, caller: asOwner(world), gives: first(200, 404) }
    },
    ...signUpPresses(),
    ...gatePresses(),
    'POST /appeal': async (world) =>
      form(world.town, '/appeal', { key: await suspended(world), text: 'A joke.' }, first(200, 422)),
  }
}

/** Somebody who waits to be let in. */
function signUpPresses(): Record<string, MakePress> {
  const on = (verb: string) => {
    const make: MakePress = async ({ town, owner }) => {
      const { username, email, password } = newcomer('example.info')
      await writeSetting(town.ctx, 'registrations', 'approval')
      const fields = { username, email, password, agreement: '1', reason: 'I row.' }
      await openBrowser(town.address).post('/sign-up', filledIn(town, fields), ownPage(town))
      const queue = await town.call('GET', '/api/web/moderation/sign-ups', { token: owner.token })
      const row = queue.body.find((one: { username: string }) => one.username === username)
      const path = `/api/v1/admin/accounts/${row.id}/${verb}`
      return { path, caller: { token: owner.token }, gives: first(200, 404) }
    }
    return [`POST /api/v1/admin/accounts/:id/${verb}`, make] as const
  }
  return Object.fromEntries([on('approve'), on('reject')])
}

/** Names and mail domains that are kept out of sign-up. */
function gatePresses(): Record<string, MakePress> {
  const on = (path: string, json: (n: number) => Record<string, unknown>) => {
    const caller = ({ owner }: World) => ({ token: owner.token, json: json((serial += 1)) })
    const add: MakePress = async (world) => ({ path, caller: caller(world), gives: first(200, 422) })
    const remove: MakePress = async (world) => {
      const made = await world.town.call('POST', path, caller(world))
      return { path: `${path}/${made.body.id}`, caller: { token: world.owner.token }, gives: first(200, 404) }
    }
    return { [`POST ${path}`]: add, [`DELETE ${path}/:id`]: remove }
  }
  return {
    ...on('/api/v1/admin/email_domain_blocks', (n) => ({ domain: `spam${n}.example` })),
    ...on('/api/web/moderation/names', (n) => ({ pattern: `impostor${n}` })),
    ...networkPresses(),
    ...on('/api/v1/admin/canonical_email_blocks', (n) => ({ email: `spammer${n}@example.net` })),
    'POST /api/v1/admin/canonical_email_blocks/test': async (world) => ({
      path: '/api/v1/admin/canonical_email_blocks/test',
      caller: { token: world.owner.token, json: { email: 'somebody@example.net' } },
      gives: all(200),
    }),
  }
}

function mediaPresses(): Record<string, MakePress> {
  const onMedia = (method: string, gives: Record<number, number>) => {
    const make: MakePress = async ({ town, fresh }) => {
      const who = await fresh()
      const path = `/api/v1/media/${(await upload(town, who.token)).body.id}`
      return { path, caller: { token: who.token, json: { description: 'A boat' } }, gives }
    }
    return [`${method} /api/v1/media/:id`, make] as const
  }
  const onUpload = (path: string) => {
    const make: MakePress = async ({ fresh }) => {
      const parts = { file: await makePicture() }
      return { path, caller: { token: (await fresh()).token, parts }, gives: all(200) }
    }
    return [`POST ${path}`, make] as const
  }
  const onProfile = (method: string, path: string, json: Record<string, unknown> = {}) => {
    const make: MakePress = async ({ fresh }) => ({
      path,
      caller: { token: (await fresh()).token, json },
      gives: all(200),
    })
    return [`${method} ${path}`, make] as const
  }
  return Object.fromEntries([
    onMedia('PUT', all(200)),
    onMedia('PATCH', all(200)),
    onMedia('DELETE', first(200, 404)),
    onUpload('/api/v1/media'),
    onUpload('/api/v2/media'),
    onProfile('PATCH', '/api/v1/accounts/update_credentials', { note: 'I row.', bot: true }),
    onProfile('DELETE', '/api/v1/profile/avatar'),
    onProfile('DELETE', '/api/v1/profile/header'),
  ])
}

/** An app, and a token of its own without a person. */
async function makeApp(town: TestTown) {
  const json = { client_name: 'Ivory', redirect_uris: 'urn:ietf:wg:oauth:2.0:oob', scopes: 'read write' }
  const { client_id, client_secret } = (await town.call('POST', '/api/v1/apps', { json })).body
  const grant = { grant_type: 'client_credentials', scope: 'read write', client_id, client_secret }
  const token = (await town.call('POST', '/oauth/token', { json: grant })).body.access_token as string
  return { json, client: { client_id, client_secret }, grant, token }
}

const newcomer = (domain: string) => {
  serial += 1
  return { username: `new_${serial}`, email: `new_${serial}@${domain}`, password: 'battery staple' }
}

async function signingUp(town: TestTown) {
  await writeSetting(town.ctx, 'registrations', 'open')
  const { token } = await makeApp(town)
  return { token, json: { ...newcomer('example.net'), agreement: true, locale: 'en' } }
}

function appPresses(): Record<string, MakePress> {
  return {
    'POST /api/v1/apps': async ({ town }) => {
      const { json } = await makeApp(town)
      return { path: '/api/v1/apps', caller: { json }, gives: all(200) }
    },
    'POST /oauth/token': async ({ town }) => {
      const { grant } = await makeApp(town)
      return { path: '/oauth/token', caller: { json: grant }, gives: all(200) }
    },
    'POST /oauth/revoke': async ({ town }) => {
      const { client, token } = await makeApp(town)
      return { path: '/oauth/revoke', caller: { json: { ...client, token } }, gives: all(200) }
    },
    'POST /api/v1/accounts': async ({ town }) => ({
      path: '/api/v1/accounts',
      caller: await signingUp(town),
      gives: first(200, 422),
    }),
    'POST /api/v1/emails/confirmations': async ({ town }) => {
      const made = await town.call('POST', '/api/v1/accounts', await signingUp(town))
      const caller = { token: made.body.access_token, json: {} }
      return { path: '/api/v1/emails/confirmations', caller, gives: all(200) }
    },
  }
}

const ownPage = (town: TestTown) => ({ origin: town.ctx.config.url })

function form(town: TestTown, path: string, fields: Record<string, string>, gives: Press['gives']): Press {
  return { path, caller: { form: new URLSearchParams(fields).toString(), headers: ownPage(town) }, gives }
}

/** The same press by somebody who is signed in. */
async function bySomebody(world: World, press: Press): Promise<Press> {
  const headers = { ...press.caller.headers, cookie: await signedIn(world) }
  return { ...press, caller: { ...press.caller, headers } }
}

async function signedIn({ town, fresh }: World): Promise<string> {
  const browser = openBrowser(town.address)
  await browser.post('/sign-in', { login: (await fresh()).username, password: 'correct horse' }, ownPage(town))
  return [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

function entrancePresses(): Record<string, MakePress> {
  return {
    'POST /sign-in': async ({ town, fresh }) =>
      form(town, '/sign-in', { login: (await fresh()).username, password: 'correct horse' }, all(303)),
    'POST /sign-out': async (world) => bySomebody(world, form(world.town, '/sign-out', {}, all(303))),
    'POST /switch': async (world) => bySomebody(world, form(world.town, '/switch', { account: '1' }, all(303))),
    'POST /sign-up': async ({ town }) => {
      await writeSetting(town.ctx, 'registrations', 'open')
      return form(town, '/sign-up', filledIn(town, { ...newcomer('example.com'), agreement: '1' }), first(200, 422))
    },
    'POST /oauth/authorize': async (world) => {
      const { client, json } = await makeApp(world.town)
      const asked = { response_type: 'code', client_id: client.client_id, redirect_uri: json.redirect_uris }
      const fields = { ...asked, scope: 'read', answer: 'allow' }
      return bySomebody(world, form(world.town, '/oauth/authorize', fields, all(303)))
    },
  }
}

function linkPresses(): Record<string, MakePress> {
  return {
    'POST /set-up': async ({ town }) => {
      const key = keyOf(await makeSetUpLink(town.ctx))
      return form(town, '/set-up', { ...newcomer('example.org'), step: 'account', key }, first(303, 404))
    },
    'POST /confirm': async ({ town }) => {
      const { username, email, password } = newcomer('example.edu')
      await writeSetting(town.ctx, 'registrations', 'open')
      const fields = { username, email, password, agreement: '1' }
      await openBrowser(town.address).post('/sign-up', filledIn(town, fields), ownPage(town))
      await town.settled()
      return form(town, '/confirm', { key: keyOf(linksOf(town, email)[0]) }, first(200, 422))
    },
    'POST /email/undo': async ({ town }) => form(town, '/email/undo', { key: 'nobody' }, all(422)),
    'POST /confirm/again': async ({ town, fresh }) =>
      form(town, '/confirm/again', { login: (await fresh()).username, password: 'correct horse' }, all(422)),
    'POST /interact': async ({ town }) =>
      form(town, '/interact', { uri: `${town.ctx.config.url}/@nobody`, address: 'not an address' }, all(422)),
    'POST /password': async ({ town, fresh }) =>
      form(town, '/password', { email: `${(await fresh()).username}@example.org` }, all(200)),
    'POST /password/new': async ({ town, fresh }) => {
      const email = `${(await fresh()).username}@example.org`
      await openBrowser(town.address).post('/password', { email }, ownPage(town))
      await town.settled()
      const key = keyOf(linksOf(town, email)[0])
      return form(town, '/password/new', { key, password: 'a newer horse' }, first(200, 422))
    },
  }
}
