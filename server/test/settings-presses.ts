import { openBrowser } from './browser.ts'
import { all, first, type MakePress, type World } from './press.ts'

const RIGHT = 'correct horse'

/** Somebody who is signed in with a browser; `here` calls as its pages do. */
export async function atHome({ town, fresh }: World) {
  const who = await fresh()
  const browser = openBrowser(town.address)
  const headers = { origin: town.ctx.config.url }
  await browser.post('/sign-in', { login: who.username, password: RIGHT }, headers)
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const here = { ...headers, cookie }
  const get = async (path: string) => (await town.call('GET', path, { headers: here })).body as { id: string }[]
  return { who, here, get }
}

/** A person's own sessions, apps, password and settings. */
export function settingsPresses(): Record<string, MakePress> {
  const endSession: MakePress = async (world) => {
    const { who, here, get } = await atHome(world)
    const headers = { origin: world.town.ctx.config.url }
    await openBrowser(world.town.address).post('/sign-in', { login: who.username, password: RIGHT }, headers)
    const [other] = (await get('/api/hamlet/v1/sessions')).filter((one) => !('current' in one && one.current))
    return { path: `/api/hamlet/v1/sessions/${other?.id}`, caller: { headers: here }, gives: first(200, 404) }
  }
  const endOthers: MakePress = async (world) => {
    const { here } = await atHome(world)
    return { path: '/api/hamlet/v1/sessions', caller: { headers: here }, gives: all(200) }
  }
  const sendAway: MakePress = async (world) => {
    const { here, get } = await atHome(world)
    const [app] = await get('/api/hamlet/v1/applications')
    return { path: `/api/hamlet/v1/applications/${app?.id}`, caller: { headers: here }, gives: first(200, 404) }
  }
  const password: MakePress = async (world) => {
    const { here } = await atHome(world)
    const json = { current_password: RIGHT, new_password: 'a newer horse' }
    return { path: '/api/hamlet/v1/password', caller: { headers: here, json }, gives: first(200, 422) }
  }
  const email: MakePress = async (world) => {
    const { who, here } = await atHome(world)
    const json = { current_password: RIGHT, email: `${who.username}@example.net` }
    return { path: '/api/hamlet/v1/email', caller: { headers: here, json }, gives: all(200) }
  }
  const settings: MakePress = async ({ fresh }) => {
    const caller = { token: (await fresh()).token, json: { theme: 'dark', expandWarnings: true } }
    return { path: '/api/hamlet/v1/settings', caller, gives: all(200) }
  }
  return {
    'DELETE /api/hamlet/v1/sessions/:id': endSession,
    'DELETE /api/hamlet/v1/sessions': endOthers,
    'DELETE /api/hamlet/v1/applications/:id': sendAway,
    'POST /api/hamlet/v1/password': password,
    'POST /api/hamlet/v1/email': email,
    'PATCH /api/hamlet/v1/settings': settings,
  }
}
