import type { NoticeName, PageAssets, PageModel, PersonalPageModel, SetUpStep } from '@hamlet/contract/pages'
import { expect, test } from 'vitest'
import { aboutModels, moderationModels } from './features/instance/about.fixture.ts'
import { enteringModels } from './features/users/entering.fixture.ts'
import { account, file, openPoll, picture, poll, post, site } from './ssr.fixture.ts'
import { renderPage, say } from './ssr.tsx'

const posts = [
  post({ media_attachments: [{ ...picture, description: 'Лодка' }, file] }),
  post({ spoiler_text: 'Осторожно', visibility: 'unlisted' }),
  post({ sensitive: true, media_attachments: [picture] }),
  post({ poll }),
  post({ poll: openPoll }),
  post({ quote: { state: 'revoked', quoted_status: null } }),
  post({ quote: { state: 'accepted', quoted_status: post() } }),
]
const empty = { values: {}, errors: {} }
const fault = (name: string, count = 8) => ({ name, text: 'Plain English', count })
const faulty = (...names: string[]) => ({
  values: {},
  errors: Object.fromEntries([...names.map((name) => [name, fault('blank')]), ['form', fault('noMatch')]]),
})
const rules = [{ id: '1', text: 'Тише', hint: 'Ночью' }]
const notices: Record<NoticeName, true> = {
  serverFull: true,
  inviteOver: true,
  confirmationSent: true,
  linkOver: true,
  emailTaken: true,
  unsubscribed: true,
  emailChanged: true,
  emailConfirmed: true,
  awaitingApproval: true,
  passwordSent: true,
  passwordChanged: true,
  appealNowhere: true,
  appealedAlready: true,
  appealFiled: true,
  unknownWay: true,
}
const steps: SetUpStep[] = ['welcome', 'account', 'look', 'join', 'rules', 'village', 'address', 'done']
const checks = [
  { about: 'address', finding: 'addressLoopback', values: { url: '1', domain: '2' }, state: 'warn' },
  { about: 'address', finding: 'addressInsecure', values: {}, state: 'bad' },
  { about: 'address', finding: 'addressFine', values: { url: '1', domain: '2' }, state: 'fine' },
  { about: 'database', finding: 'clocksDiffer', values: { seconds: 40 }, state: 'warn' },
  { about: 'database', finding: 'databaseInFolder', values: { version: '18' }, state: 'fine' },
  { about: 'database', finding: 'databaseElsewhere', values: { version: '18' }, state: 'fine' },
  { about: 'folder', finding: 'folderFine', values: { folder: '/1' }, state: 'fine' },
  { about: 'folder', finding: 'folderClosed', values: { folder: '/1' }, state: 'bad' },
  { about: 'mail', finding: 'mailFine', values: { from: '1' }, state: 'fine' },
  { about: 'mail', finding: 'mailMissing', values: {}, state: 'warn' },
]
const scopes =
  'profile read write follow push admin:read admin:write read:lists write:statuses admin:read:reports admin:write:ip_blocks'
const move = { domain: 'порт.рф', url: 'https://порт.рф', listensAt: 'http://127.0.0.1:3000', isShared: true }
const setUp = (step: SetUpStep, more: object = {}) => ({
  kind: 'set-up',
  site,
  step,
  steps,
  checks,
  rules,
  ...empty,
  ...more,
})

const asking = { needsApproval: false, reason: 'no' as const, minAge: 0, stamp: '1', workBits: 16 }

/** Every kind of page, in every state that has words of its own. */
const pages = {
  ...enteringModels(site),
  front: [
    { kind: 'front', site, statuses: posts },
    { kind: 'front', site: { ...site, memberCount: 1 }, statuses: [] },
  ],
  tag: [{ kind: 'tag', site, name: 'море', statuses: posts, olderUrl: '/older' }],
  profile: [
    { kind: 'profile', site, account, tab: 'posts', pinned: [post()], statuses: posts, olderUrl: '/older' },
    { kind: 'profile', site, account, tab: 'media', pinned: [], statuses: [], olderUrl: null },
    { kind: 'profile', site, account, tab: 'replies', tagged: 'море', pinned: [], statuses: posts, olderUrl: null },
    {
      kind: 'profile',
      site,
      account: { ...account, suspended: true },
      tab: 'posts',
      pinned: [],
      statuses: [],
      olderUrl: null,
    },
  ],
  status: posts.map((status) => ({ kind: 'status', site, status, ancestors: [post()], descendants: [post(), post()] })),
  embed: posts.map((status) => ({ kind: 'embed', site, status })),
  about: aboutModels(site, rules, posts.slice(0, 2)),
  moderation: moderationModels(site),
  text: [
    { kind: 'text', site, name: 'privacy', html: '<p>1</p>', day: '2026-11-01', versions: [] },
    {
      kind: 'text',
      site,
      name: 'terms',
      html: '<h2>1</h2>',
      day: '2026-11-01',
      versions: ['2027-01-01', '2026-11-01'],
    },
  ],
  refusal: [400, 403, 404, 410, 413, 422, 429].map((status) => ({ kind: 'refusal', site, status, detail: '' })),
  'sign-in': [
    { kind: 'sign-in', site, next: '/', ...faulty('login', 'password') },
    ...['disabled', 'unconfirmed', 'unapproved', 'closed'].map((name) => ({
      kind: 'sign-in',
      site,
      next: '/',
      values: {},
      errors: { form: fault(name) },
    })),
  ],
  'sign-up': [
    {
      kind: 'sign-up',
      site,
      ...asking,
      needsApproval: true,
      reason: 'must',
      minAge: 16,
      rules,
      ...faulty('username', 'email', 'reason', 'date_of_birth'),
    },
    {
      kind: 'sign-up',
      site,
      ...asking,
      invite: { code: 'aB3dE6gH', inviter: 'инес' },
      rules: [],
      values: {},
      errors: { agreement: fault('notAccepted'), password: fault('tooShort'), username: fault('taken') },
    },
    ...['reserved', 'blocked', 'tooLong', 'guessable', 'notName', 'notEmail', 'notDate', 'tooYoung'].map((name) => ({
      kind: 'sign-up',
      site,
      ...asking,
      needsApproval: true,
      reason: 'wish' as const,
      rules,
      values: {},
      errors: { email: fault(name) },
    })),
    ...['trapped', 'tooFast', 'staleForm', 'inviteOver', 'notFromHere'].map((name) => ({
      kind: 'sign-up',
      site,
      ...asking,
      rules: [],
      values: {},
      errors: { form: fault(name) },
    })),
  ],
  'confirm-again': [{ kind: 'confirm-again', site, values: {}, errors: { form: fault('nobodyWaits') } }],
  'password-ask': [{ kind: 'password-ask', site, ...faulty('email') }],
  'password-new': [{ kind: 'password-new', site, key: '1', ...faulty('password') }],
  confirm: [{ kind: 'confirm', site, key: '1' }],
  interact: ['notHandle', 'serverSilent'].map((name) => ({
    kind: 'interact',
    site,
    uri: '1',
    values: {},
    errors: { address: fault(name) },
  })),
  notice: Object.keys(notices).map((notice) => ({
    kind: 'notice',
    site,
    notice,
    values: { email: '1@2.3', host: '4.5', uri: '6' },
  })),
  consent: ['', 'порт.рф'].map((leadsTo) => ({
    kind: 'consent',
    site,
    application: { name: 'Лодка', website: null },
    account: { acct: 'ира', displayName: 'Ира', avatar: '/a.png' },
    permissions: scopes.split(' '),
    request: {},
    leadsTo,
  })),
  appeal: ['warn', 'delete', 'limit', 'suspend'].flatMap((action) =>
    ['textBlank', 'textLong', 'appealed'].map((name) => ({
      kind: 'appeal',
      site,
      key: '1',
      action,
      words: 'Хватит',
      values: {},
      errors: { form: fault(name) },
    })),
  ),
  unsubscribe: [{ kind: 'unsubscribe', site, key: '1', letter: 'reportsWait' }],
  'email-undo': [{ kind: 'email-undo', site, key: '1' }],
  closed: (['suspended', 'frozen', 'unconfirmed', 'waiting'] as const).flatMap((state) =>
    (['open', 'sent', 'none'] as const).map((appeal) => ({
      kind: 'closed',
      site,
      acct: 'ира',
      state,
      email: 'ira@example.org',
      reason: 'Хватит',
      appeal,
      endsAt: null,
      values: {},
      errors: {},
    })),
  ),
  code: [{ kind: 'code', site, code: '123', application: '' }],
  'set-up': [
    ...steps.map((step) => setUp(step)),
    setUp('done', { move }),
    ...['hostOnly', 'notHost', 'hostNumber', 'hostLoopback', 'hostDotless', 'hostPort'].map((name) =>
      setUp('address', { errors: { host: fault(name) } }),
    ),
  ],
  app: [{ kind: 'app', site, title: 'Home' }],
} satisfies Record<PageModel['kind'], unknown[]>

const models = Object.values(pages).flat() as unknown as PageModel[]
const assets: PageAssets = { css: '/1.css', publicCss: '/2.css', script: '/3.js', app: '/4.js', sprite: '/5.svg' }
const about = pages.about[0] as unknown as PageModel
const signIn = pages['sign-in'][0] as unknown as PersonalPageModel

/** A page as a browser reads it, without its styles, which are not there. */
const parsed = (html: string) =>
  new DOMParser().parseFromString(html.replaceAll(/<link rel="stylesheet"[^>]*>/g, ''), 'text/html')

/** What a page says: its texts and the attributes that are read out, without what its author says is verbatim. */
function wordsOf(html: string): string[] {
  const page = parsed(html)
  for (const one of page.querySelectorAll('script, style, code, time, body [lang=en]')) one.remove()
  // A noscript is text to a parser that could run scripts.
  for (const one of page.querySelectorAll('noscript')) one.innerHTML = one.textContent ?? ''
  const attributes = [...page.querySelectorAll('*')].flatMap((one) =>
    ['aria-label', 'title', 'placeholder', 'alt', 'content'].flatMap((name) =>
      name === 'content' && !/^(?:description|og:title|og:description)$/.test(nameOf(one))
        ? []
        : [one.getAttribute(name) ?? ''],
    ),
  )
  return [page.documentElement.textContent ?? '', ...attributes]
}
const nameOf = (one: Element) => one.getAttribute('name') ?? one.getAttribute('property') ?? ''

/** Names, addresses and commands, which no language translates, and the dates that Intl writes. */
const VERBATIM =
  /https?:\S+|\S*example\.org|Hamlet|\bAPI\b|RSS|Atom|JSON|PostgreSQL|DATABASE_URL|docs\/operating\.md|\b(?:January|March)\b/g

test.each(models.map((model, at) => [`${model.kind} ${at}`, model] as const))(
  'nothing on a page is outside of the catalogues: %s',
  async (_, model) => {
    const { html, language } = await renderPage(model, assets, { languages: ['en-XA'] })
    expect(language).toBe('en-XA')
    const plain = wordsOf(html).flatMap((text) => text.replaceAll(VERBATIM, '').match(/[A-Za-z]{3,}/g) ?? [])
    expect(plain).toEqual([])
  },
)

test.each(models.map((model, at) => [`${model.kind} ${at}`, model] as const))(
  'a language from the right turns the page: %s',
  async (_, model) => {
    const { html } = await renderPage(model, assets, { languages: ['ar-XB'] })
    expect(html).toMatch(/^<!doctype html><html lang="ar-XB" dir="rtl">/)
  },
)

test('a page wears the look of its device from the first moment, and nothing else that a cookie says', async () => {
  const root = async (look: string) =>
    /<html[^>]*>/.exec((await renderPage(about, assets, { languages: ['en'], look })).html)?.[0]
  expect(await root('theme.dark~text.200')).toBe('<html lang="en" dir="ltr" data-theme="dark" data-text="200">')
  expect(await root('theme."><script>~onload.x')).toBe('<html lang="en" dir="ltr">')
})

test('a page speaks the first language that there is of those a reader wants, by its region or without', async () => {
  const spoken = async (...wanted: string[]) => (await renderPage(about, assets, { languages: wanted })).language
  expect(await spoken('tlh', 'de-AT', 'fr')).toBe('de')
  expect(await spoken('FR-ca', 'de')).toBe('fr')
  expect(await spoken('en-GB', 'de')).toBe('en')
  expect(await spoken('tlh')).toBe('en')
  expect(await spoken()).toBe('en')
})

test('pages and sentences that are asked for at once in several languages do not mix', async () => {
  const alone = new Map<string, string>()
  for (const tongue of ['de', 'ar', 'en', 'ja'])
    alone.set(tongue, (await renderPage(signIn, assets, { languages: [tongue] })).html)
  expect(new Set(alone.values()).size).toBe(4)
  const tongues = Array.from({ length: 40 }, (_, at) => ['de', 'ar', 'en', 'ja'][at % 4] ?? 'en')
  const together = await Promise.all(
    tongues.map(async (tongue) => {
      const [page, sentence] = await Promise.all([
        renderPage(signIn, assets, { languages: [tongue] }),
        say(tongue, 'push.mention', { name: 'Ира' }),
      ])
      return { tongue, html: page.html, sentence }
    }),
  )
  for (const { tongue, html } of together) expect(html).toBe(alone.get(tongue))
  expect(new Set(together.map(({ sentence }) => sentence)).size).toBe(4)
})

test('numbers and dates are written as the language writes them', async () => {
  const profile = pages.profile[0] as unknown as PageModel
  const text = async (tongue: string) =>
    wordsOf((await renderPage(profile, assets, { languages: [tongue] })).html).join(' ')
  expect(await text('en')).toContain('2,000 followers')
  expect(await text('de')).toContain('2.000')
  expect((await renderPage(profile, assets, { languages: ['de'] })).html).toContain('März 2026')
  const status = pages.status[0] as unknown as PageModel
  expect((await renderPage(status, assets, { languages: ['en'] })).html).toContain(
    'Friday, 20 November 2026 at 10:00 UTC',
  )
})

const drawn = async (model: unknown) =>
  parsed((await renderPage(model as PageModel, assets, { languages: ['en'] })).html)

test('the post of a page says how often it was boosted and favourited where one would do the same, through their own server', async () => {
  const page = await drawn(pages.status[0])
  const acts = [...page.querySelectorAll('.counts a')].map((one) => [one.textContent, one.getAttribute('href')])
  const through = `/interact?uri=${encodeURIComponent(posts[0]?.uri ?? '')}`
  expect(acts).toEqual([
    ['Reply', through],
    ['Boost · 2', through],
    ['Favourite · 3', through],
    ['Link', posts[0]?.url],
  ])
  expect(page.querySelector('.post-head .button')?.getAttribute('href')).toContain('/interact?uri=')
  expect(page.querySelector('.post-head .person-handle')?.textContent).toBe('@ира@гавань.рф')
})

test('what the pictures of a post show is told below them, open; in lists it stays folded on the picture', async () => {
  const root = await drawn(pages.status[0])
  expect(root.querySelector('.post-root .told[open] p')?.textContent).toBe('Лодка')
  expect(root.querySelector('.post-root .alt')).toBe(null)
  const list = await drawn(pages.front[0])
  expect(list.querySelector('.told')).toBe(null)
  expect(list.querySelector('.alt p')?.textContent).toBe('Лодка')
})

test('a profile shows what is pinned first and names the tab that is open', async () => {
  const page = await drawn(pages.profile[0])
  expect(page.querySelector('.entry-when')?.textContent).toMatch(/^Pinned · /)
  expect(page.querySelectorAll('.entry')).toHaveLength(posts.length + 1)
  expect(page.querySelector('.posts-tabs [aria-current]')?.textContent).toBe('Posts')
  const tagged = await drawn(pages.profile[2])
  expect(tagged.querySelector('.posts-tabs [aria-current]')?.textContent).toBe('#море')
})

test('the page about the server has one way in, and none where nobody is let in', async () => {
  const open = await drawn(pages.about[0])
  expect([...open.querySelectorAll('a[href="/sign-up"]')].map((one) => one.textContent)).toEqual(['Join Гавань'])
  expect(open.querySelector('.about-facts dl')?.textContent).toContain('1,200')
  expect(open.querySelectorAll('.voice')).toHaveLength(2)
  const closed = await drawn(pages.about[1])
  expect(closed.querySelector('a[href="/sign-up"]')).toBe(null)
  expect(closed.querySelector('.about-cover')?.textContent).toContain('It takes no new members right now.')
})
