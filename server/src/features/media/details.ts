import { invalid } from '#lib/refusal'
import { mediaLimits } from './limits.ts'

export type Focus = { x: number; y: number }
export type Details = { description?: string | undefined; focus?: string | undefined }

/** What people say of a picture, checked: words for those who do not see it, and where to look. */
export function readDetails({ description, focus }: Details): { description?: string | null; focus?: Focus } {
  const words = description?.trim()
  if (words !== undefined && Array.from(words).length > mediaLimits.descriptionLength)
    throw invalid(`Validation failed: Description is too long (maximum is ${mediaLimits.descriptionLength} characters)`)
  return {
    ...(words === undefined ? {} : { description: words === '' ? null : words.replaceAll('\0', '').toWellFormed() }),
    ...(focus === undefined ? {} : { focus: readFocus(focus) }),
  }
}

/** `0.5,-0.25`: from the middle, -1 to 1; what lies outside is drawn to the edge. */
function readFocus(text: string): Focus {
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const [x, y] = parts
  if (parts.length !== 2 || !Number.isFinite(x) || !Number.isFinite(y))
    throw invalid('Validation failed: Focus must be two numbers from -1 to 1, such as 0.5,-0.25')
  return { x: clamp(x as number), y: clamp(y as number) }
}

function clamp(value: number): number {
  return Math.min(1, Math.max(-1, value))
}
