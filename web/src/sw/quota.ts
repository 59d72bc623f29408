/** The older of what a cache holds makes way: at most so many answers, none larger than so many bytes. */
export type Quota = { name: string; most: number; maxBytes: number }

/**
 * Shows what is kept at once and reads it anew behind it; what was asked for last is kept longest, since a cache
 * lists its entries in the order in which they were put.
 */
export async function serveKept(request: Request, quota: Quota, later: (work: Promise<unknown>) => void) {
  const cache = await caches.open(quota.name)
  const kept = await cache.match(request)
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) later(keep(cache, request, answer.clone(), quota))
    return answer
  })
  if (!kept) return fresh
  later(fresh.catch(() => undefined))
  return kept
}

async function keep(cache: Cache, request: Request, answer: Response, { most, maxBytes }: Quota): Promise<void> {
  const body = await answer.blob()
  if (body.size > maxBytes) return
  await cache.put(request, new Response(body, { headers: answer.headers }))
  const keys = await cache.keys()
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)))
}
