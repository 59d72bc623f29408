import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { guessBytes, useKeptBack } from '../../../app/meter.ts'
import { savesData } from '../../../app/reading.ts'
import { amount, t } from '../../../i18n/words.ts'
import { splitTags, textOf, type HtmlNode } from '../../../lib/html-tree.ts'
import { EmojiText } from '../../../ui/emoji.tsx'
import { Finder, markFound } from '../../../ui/found.tsx'
import { HtmlTree } from '../../../ui/html.tsx'
import { Icon } from '../../../ui/parts.tsx'
import { LinkCard } from '../../cards/link-card.tsx'
import { Poll } from '../../polls/poll.tsx'
import { Pictures } from '../pictures.tsx'
import { wordsOf } from '../quote/words.ts'
import { coversMedia, isOpen, setOpen } from '../warnings.ts'

type ContentProps = { status: Status; isRoot: boolean; children?: ComponentChildren }

/** Words, pictures and what else a post carries; behind a warning until it is opened. */
export function Content({ status, isRoot, children }: ContentProps) {
  const isShown = isOpen(status)
  const isKeptBack = coversMedia(status)
  const { card } = status
  useKeptBack(isShown && card?.image && savesData() ? `card ${status.id}` : '', guessBytes(card ?? undefined))
  const nodes = wordsOf(status)
  const finder = useContext(Finder)
  return (
    <>
      {status.spoiler_text !== '' && (
        <p class="card-warning">
          <Icon name="warning" />
          <span class="card-warning-words">
            <strong dir="auto">
              <EmojiText text={status.spoiler_text} emojis={status.emojis} write={(text) => markFound(text, finder)} />
            </strong>
            <span class="meta">{measureOf(status, nodes)}</span>
          </span>
          <button
            class="button button-outline button-small card-open"
            type="button"
            aria-expanded={isShown}
            onClick={() => setOpen([status], !isShown)}
          >
            {isShown ? t('statuses.closeWarning', 'Close') : t('statuses.openWarning', 'Open')}
          </button>
        </p>
      )}
      {isShown && (
        <>
          <Words status={status} nodes={nodes} isRoot={isRoot} />
          <Pictures status={status} isSensitive={isKeptBack} isWaiting={savesData()} />
          <Poll status={status} />
          {card && <LinkCard card={card} isSensitive={savesData() || isKeptBack} />}
          {children}
        </>
      )}
    </>
  )
}

const LONG_CHARACTERS = 900
const LONG_BLOCKS = 14
const READ_PER_MINUTE = 1100

/** Long posts are folded in lists (web-spec 4.3): over 900 characters or 14 lines of their own. */
function Words({ status, nodes, isRoot }: ContentProps & { nodes: HtmlNode[] }) {
  const [isWhole, setWhole] = useState(isRoot)
  const { body, tags } = splitTags(nodes)
  const words = textOf(body)
  const isLong = words.length > LONG_CHARACTERS || linesOf(body) > LONG_BLOCKS
  const isFolded = isLong && !isWhole
  return (
    <>
      {words !== '' && (
        <div class={isFolded ? 'prose prose-folded' : 'prose'} dir="auto" lang={status.language ?? undefined}>
          <HtmlTree nodes={body} links={{ mentions: status.mentions }} emojis={status.emojis} />
        </div>
      )}
      {isFolded && (
        <button class="link-button card-more-words" type="button" onClick={() => setWhole(true)}>
          {t('statuses.readMore', 'Read more (≈ {n} min)', {
            n: amount(Math.max(1, Math.round(words.length / READ_PER_MINUTE))),
          })}
        </button>
      )}
      {tags.length > 0 && (
        <p class="card-tags">
          {tags.map((tag) => (
            <a key={tag} class="chip" href={`/tags/${encodeURIComponent(tag)}`}>
              #<bdi>{tag}</bdi>
            </a>
          ))}
        </p>
      )}
    </>
  )
}

function linesOf(nodes: readonly HtmlNode[]): number {
  let lines = 0
  for (const node of nodes) {
    if (typeof node === 'string') continue
    if (node.name === 'br' || node.name === 'p' || node.name === 'li') lines += 1
    lines += linesOf(node.children)
  }
  return lines
}

/** How much stands behind a warning: `2 paragraphs, 1 picture`. */
function measureOf(status: Status, nodes: readonly HtmlNode[]): string {
  const paragraphs = nodes.filter((node) => typeof node === 'object').length
  const media = status.media_attachments.length
  const parts = [
    paragraphs > 0 &&
      t('statuses.paragraphs', '{n, plural, one {# paragraph} other {# paragraphs}}', { n: paragraphs }),
    media > 0 && t('statuses.media', '{n, plural, one {# picture} other {# pictures}}', { n: media }),
    status.poll && t('statuses.spokenPoll', 'a poll'),
  ].filter(Boolean)
  return parts.length > 0 ? ` · ${parts.join(', ')}` : ''
}
