import { findEntities } from '@hamlet/contract/text'
import type { ComponentChildren, Ref } from 'preact'

type MirrorProps = {
  text: string
  language: string
  /** From here on the words are too many. */
  overFrom: number
  /** Where suggestions stand: below this place of the text. */
  mark: number | undefined
  marker: Ref<HTMLSpanElement>
}
type Stretch = { start: number; end: number; class: string }

/** The same words behind the field, in colours: a field itself has only one. */
export function Mirror({ text, language, overFrom, mark, marker }: MirrorProps) {
  return (
    <div class="mirror" aria-hidden="true" dir="auto" lang={language}>
      {draw(text, overFrom, mark, marker)}
      {'\u200b'}
    </div>
  )
}

function draw(
  text: string,
  overFrom: number,
  mark: number | undefined,
  marker: Ref<HTMLSpanElement>,
): ComponentChildren {
  const drawn: ComponentChildren[] = []
  for (const stretch of cut(text, overFrom, mark)) {
    if (stretch.start === mark) drawn.push(<span ref={marker} key="mark" />)
    const words = text.slice(stretch.start, stretch.end)
    drawn.push(
      stretch.class ? (
        <span key={stretch.start} class={stretch.class}>
          {words}
        </span>
      ) : (
        words
      ),
    )
  }
  return drawn
}

/** The text in stretches of one look each. */
function cut(text: string, overFrom: number, mark: number | undefined): Stretch[] {
  const entities = findEntities(text)
  const edges = new Set([0, text.length, overFrom, ...entities.flatMap((one) => [one.start, one.end])])
  if (mark !== undefined) edges.add(mark)
  const sorted = [...edges].filter((edge) => edge <= text.length).toSorted((a, b) => a - b)
  return sorted.slice(0, -1).map((start, index) => {
    const isEntity = entities.some((one) => one.start <= start && start < one.end)
    const look = [isEntity && 'mirror-entity', start >= overFrom && 'mirror-over'].filter(Boolean).join(' ')
    return { start, end: sorted[index + 1] ?? text.length, class: look }
  })
}
