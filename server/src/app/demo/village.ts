import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markAsDemo, updateAccount } from '#features/accounts'
import { addBookmark } from '#features/interactions'
import { appealStrike, fileReport, strike } from '#features/moderation'
import { keepPicture, uploadMedia } from '#features/media'
import { followAccount } from '#features/relationships'
import { requireRoleId } from '#features/roles'
import { boostStatus, createStatus, favouriteStatus } from '#features/statuses'
import { createUser } from '#features/users'
import type { Id } from '#lib/id'
import { steppingClock } from '#platform/clock'
import { transact, type Context } from '#platform/context'
import { renderOwnSvg } from '#platform/images'
import { defineJob } from '#platform/jobs'
import { eraseAccountNow } from '../leaving.ts'
import { portraitOf, residents, type Resident } from './people.ts'
import { complaints, posts, type DemoPost } from './posts.ts'

const HOUR_MS = 3_600_000
const ARRIVED_HOURS_AGO = 500
const FRAMES = {
  avatar: { kind: 'avatars', width: 400, height: 400, maxBytes: 8_388_608 },
  header: { kind: 'headers', width: 1500, height: 500, maxBytes: 8_388_608 },
} as const

export async function listDemoAccounts(ctx: Context): Promise<{ id: Id; username: string }[]> {
  return ctx.db.selectFrom('accounts').select(['id', 'username']).where('is_demo', '=', true).orderBy('id').execute()
}

/** As if it were some hours ago: everything goes through the rooms' own verbs, so counters and consequences are right. */
function hoursAgo(ctx: Context, hours: number): Context {
  return { ...ctx, clock: steppingClock(new Date(ctx.clock.now().getTime() - hours * HOUR_MS)) }
}

/** Fills the server with the village; pressed twice it changes nothing. People who live here already are not touched. */
export async function loadVillage(ctx: Context, followerId?: Id): Promise<number> {
  const here = await listDemoAccounts(ctx)
  if (here.length > 0) {
    await welcome(ctx, new Map(here.map(({ id, username }) => [username, id])), followerId)
    return 0
  }
  const folder = await mkdtemp(join(tmpdir(), 'hamlet-village-'))
  const people = new Map<string, Id>()
  try {
    for (const resident of residents) {
      const id = await moveIn(ctx, resident, folder)
      if (id) people.set(resident.name, id)
    }
    await meet(ctx, people)
    await welcome(ctx, people, followerId)
    const said = await talk(ctx, people, folder)
    await complain(ctx, people, said)
    return people.size
  } catch (error) {
    // Half a village would be taken for a whole one the next time.
    for (const id of people.values()) await eraseAccountNow(ctx, id)
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Somebody who lives here already keeps their name: then the resident stays away. */
async function moveIn(ctx: Context, resident: Resident, folder: string): Promise<Id | undefined> {
  const past = hoursAgo(ctx, ARRIVED_HOURS_AGO)
  const taken = await ctx.db
    .selectFrom('accounts')
    .innerJoin('domains', 'domains.id', 'accounts.domain_id')
    .select('accounts.id')
    .where('domains.is_local', '=', true)
    .where((eb) => eb(eb.fn('lower', ['accounts.username']), '=', resident.name))
    .executeTakeFirst()
  if (taken) return undefined
  const draw = async (svg: string, kind: keyof typeof FRAMES) => {
    const path = join(folder, `${resident.name}-${kind}.png`)
    await writeFile(path, await renderOwnSvg(svg))
    return keepPicture(ctx, path, FRAMES[kind])
  }
  const [avatarKey, headerKey] = [await draw(portraitOf(resident), 'avatar'), await draw(resident.cover, 'header')]
  return transact(past, async (tx) => {
    const made = await createUser(tx, {
      username: resident.name,
      email: `${resident.name}@demo.invalid`,
      roleId: requireRoleId('user'),
      confirmed: true,
    })
    await markAsDemo(tx, made.accountId)
    await updateAccount(tx, made.accountId, {
      displayName: resident.displayName,
      note: resident.note,
      fields: (resident.fields ?? []).map(([name, value]) => ({ name, value })),
      locked: resident.isLocked ?? false,
      discoverable: true,
      indexable: true,
      avatarKey,
      headerKey,
    })
    return made.accountId
  })
}

async function meet(ctx: Context, people: Map<string, Id>): Promise<void> {
  const past = hoursAgo(ctx, ARRIVED_HOURS_AGO - 10)
  for (const resident of residents) {
    for (const whom of resident.follows) {
      const [from, to] = [people.get(resident.name), people.get(whom)]
      if (from && to) await transact(past, (tx) => followAccount(tx, from, to, {}))
    }
  }
}

/** Somebody who lives here follows them, except the one who sells boats. */
async function welcome(ctx: Context, people: Map<string, Id>, followerId: Id | undefined): Promise<void> {
  if (!followerId) return
  for (const [name, id] of people)
    if (name !== 'deals4u') await transact(ctx, (tx) => followAccount(tx, followerId, id, {}))
}

/** Who stayed away has a namesake living here: what is said to the one would reach the other. */
function speaksToAbsent(post: DemoPost, people: Map<string, Id>): boolean {
  return residents.some(({ name }) => !people.has(name) && new RegExp(`@${name}\\b`, 'i').test(post.text))
}

async function talk(ctx: Context, people: Map<string, Id>, folder: string): Promise<Map<string, Id>> {
  const said = new Map<string, Id>()
  for (const [index, post] of posts.entries()) {
    const author = people.get(post.by)
    const parent = post.answers === undefined ? undefined : said.get(post.answers)
    if (!author || (post.answers !== undefined && !parent) || speaksToAbsent(post, people)) continue
    const past = hoursAgo(ctx, post.hoursAgo)
    const picture = post.picture && join(folder, `post-${index}.png`)
    if (picture) await writeFile(picture, await renderOwnSvg(post.picture?.svg ?? ''))
    const media = picture ? [await uploadMedia(past, author, picture, { description: post.picture?.alt ?? '' })] : []
    const id = await transact(past, (tx) =>
      createStatus(tx, author, {
        text: post.text,
        visibility: post.visibility ?? 'public',
        language: residents.find((one) => one.name === post.by)?.language ?? 'en',
        mediaIds: media,
        ...(post.warning ? { spoilerText: post.warning } : {}),
        ...(parent ? { inReplyToId: parent } : {}),
      }),
    )
    if (post.key) said.set(post.key, id)
    await react(hoursAgo(ctx, post.hoursAgo - 1), post, id, people)
  }
  return said
}

/** Three reports that wait, and an appeal: something for a new moderator to practise on. */
async function complain(ctx: Context, people: Map<string, Id>, said: Map<string, Id>): Promise<void> {
  const past = hoursAgo(ctx, 6)
  const filed: Id[] = []
  for (const one of complaints) {
    const [by, about] = [people.get(one.by), people.get(one.about)]
    const post = one.post === undefined ? undefined : said.get(one.post)
    if (!by || !about) continue
    const report = { targetId: about, statusIds: post ? [post] : [], comment: one.comment, category: one.category }
    filed.push(await transact(past, (tx) => fileReport(tx, by, { ...report, ruleIds: [], isForwarded: false })))
  }
  const [repair, reportId] = [people.get('repair'), filed[0]]
  if (!repair || !reportId) return
  await transact(past, async (tx) => {
    const text = 'This looked like advertising.'
    const strikeId = await strike(tx, { moderatorId: null, targetId: repair, reportId, decision: 'warn', text })
    await appealStrike(
      tx,
      strikeId,
      'We sell nothing. The hall is free, the coffee too, and people bring their own toasters.',
    )
  })
}

async function react(ctx: Context, post: DemoPost, id: Id, people: Map<string, Id>): Promise<void> {
  const each = async (names: string[] | undefined, act: (who: Id) => Promise<unknown>) => {
    for (const name of names ?? []) {
      const who = people.get(name)
      if (who) await act(who)
    }
  }
  await each(post.likedBy, (who) => transact(ctx, (tx) => favouriteStatus(tx, who, id)))
  await each(post.boostedBy, (who) => transact(ctx, (tx) => boostStatus(tx, who, id, 'public')))
  await each(post.keptBy, (who) => transact(ctx, (tx) => addBookmark(tx, who, id)))
}

/** Takes the village away, person by person; interrupted, it goes on where it stopped. */
export async function removeVillage(ctx: Context): Promise<number> {
  const people = await listDemoAccounts(ctx)
  for (const { id } of people) await eraseAccountNow(ctx, id)
  return people.length
}

/** The wizard's wish. */
export const bringVillage = defineJob<{ followerAccountId: Id | null }>({
  name: 'app.bring-village',
  class: 'slow',
  maxAttempts: 2,
  run: async (ctx, { followerAccountId }) => {
    await loadVillage(ctx, followerAccountId ?? undefined)
  },
})
