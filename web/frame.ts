type Modules = { getModuleInfo(id: string): { importedIds: readonly string[] } | null }

/** Everything that an entry brings with it at once. */
function closureOf(entry: string, modules: Modules): Set<string> {
  const found = new Set<string>()
  const walk = (id: string): void => {
    if (found.has(id)) return
    found.add(id)
    for (const next of modules.getModuleInfo(id)?.importedIds ?? []) walk(next)
  }
  walk(entry)
  return found
}

/**
 * What the app needs before its first screen is one file, not twenty: web-spec 13 allows eight on first load. What the
 * other entries need as well stays apart, so that nobody loads the app who only reads.
 */
export function frameOf(app: string, others: readonly string[]): (id: string, modules: Modules) => string | null {
  let frame: Set<string> | undefined
  return (id, modules) => {
    if (!frame) {
      const elsewhere = others.map((entry) => closureOf(entry, modules))
      frame = new Set([...closureOf(app, modules)].filter((one) => !elsewhere.some((set) => set.has(one))))
    }
    return frame.has(id) ? 'app' : null
  }
}
