import { CHUNKS, PICTURES, scope, SHELL_PAGE, shellName } from './scope.ts'

const own = () => shellName(scope.SHELL.version)

/** Keeps what the app opens with. A file that cannot be had fails the install: half a shell is worse than none. */
export async function keepShell(): Promise<void> {
  const cache = await caches.open(own())
  await cache.addAll(scope.SHELL.files.map((file) => new Request(file, { cache: 'reload' })))
  await keepPage(await fetch(SHELL_PAGE).catch(() => undefined))
}

/** The frame of the app holds nothing personal. Whoever is signed out is led elsewhere: that is not it. */
async function keepPage(answer: Response | undefined): Promise<void> {
  if (!answer?.ok || answer.redirected) return
  await (await caches.open(own())).put(SHELL_PAGE, answer.clone())
}

/** What older versions kept is of no use to this one. */
export async function dropOldShells(): Promise<void> {
  const kept = [own(), PICTURES, CHUNKS]
  const names = (await caches.keys()).filter((name) => name.startsWith('hamlet-') && !kept.includes(name))
  await Promise.all(names.map((name) => caches.delete(name)))
}

/** A page comes from the server; the frame of the app stands in where there is no way to it. */
export async function openPage(request: Request): Promise<Response> {
  const kept = () => caches.match(SHELL_PAGE, { cacheName: own() })
  try {
    const answer = await fetch(request)
    const isFrame = new URL(request.url).pathname === SHELL_PAGE
    // Whoever was signed out when this version came has no frame yet.
    if (isFrame && !(await kept())) await keepPage(answer.clone())
    return answer
  } catch (error) {
    const frame = await kept()
    if (!frame) throw error
    return frame
  }
}

/** A file of the shell, from this version's own cache: old and new never mix. */
export async function openShellFile(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: own() })) ?? fetch(request)
}
