export type FileKind = 'image' | 'heic' | 'moving' | 'unknown'

/** How many bytes of a file `readFileKind` looks at. */
export const KIND_BYTES = 64

const STILL_BRANDS = new Set(['avif', 'avis'])
/** HEVC inside HEIF: what phones make, and what free decoders may not read. */
const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'])
const AUDIO_OR_VIDEO = ['1a45dfa3', '4f676753', '494433', '664c6143', '000001ba', '000001b3', '3026b275']

/** What a file is by its first bytes: names and declared types lie. A first look only; the decoder has the last word. */
export function readFileKind(head: Uint8Array): FileKind {
  const hex = Buffer.from(head).toString('hex')
  const text = Buffer.from(head).toString('latin1')
  if (hex.startsWith('ffd8ff') || hex.startsWith('89504e470d0a1a0a') || /^GIF8[79]a/.test(text)) return 'image'
  if (text.startsWith('RIFF')) return text.slice(8, 12) === 'WEBP' ? 'image' : 'moving'
  if (text.slice(4, 8) === 'ftyp') return readBrand(text)
  if (AUDIO_OR_VIDEO.some((magic) => hex.startsWith(magic))) return 'moving'
  return head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 ? 'moving' : 'unknown'
}

/** The brands of an ISO file (ISO/IEC 14496-12, 4.3): the major one, or for general ones those it is compatible with. */
function readBrand(text: string): FileKind {
  const brands = [text.slice(8, 12), ...(text.slice(16).match(/[a-z0-9 ]{4}/gi) ?? [])]
  if (brands.some((brand) => STILL_BRANDS.has(brand))) return 'image'
  return HEIC_BRANDS.has(brands[0] as string) ? 'heic' : 'moving'
}
