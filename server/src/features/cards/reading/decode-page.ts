/** How far into a page its own word about its letters is looked for (HTML, 13.2.3.2, prescan). */
const PRESCAN_BYTES = 1024
const META = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i

/**
 * The text of a page, whose letters may be of any alphabet and told in several places: by a mark at its beginning, by
 * the answer's header, by itself. A word that the bytes contradict is passed over; without any it is UTF-8, or else the
 * western alphabet that browsers take then.
 */
export function decodePage(bytes: Buffer, headerCharset: string | undefined): string {
  const written = META.exec(bytes.subarray(0, PRESCAN_BYTES).toString('latin1'))?.[1]
  // Whoever writes `utf-16` in ASCII is mistaken (HTML, 13.2.3.2).
  const own = written && /^utf-?16/i.test(written) ? 'utf-8' : written
  for (const label of [markOf(bytes), headerCharset, own, 'utf-8']) {
    const text = label === undefined ? undefined : decode(bytes, label)
    if (text !== undefined) return text
  }
  return decode(bytes, 'windows-1252') ?? ''
}

function markOf(bytes: Buffer): string | undefined {
  const hex = bytes.subarray(0, 3).toString('hex')
  if (hex === 'efbbbf') return 'utf-8'
  if (hex.startsWith('fffe')) return 'utf-16le'
  return hex.startsWith('feff') ? 'utf-16be' : undefined
}

/** A page may be cut within a letter, so what is open at its end is no fault. */
function decode(bytes: Buffer, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}
