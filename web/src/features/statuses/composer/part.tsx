import { useState } from 'preact/hooks'
import { amount, t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { charactersLeft, isNearLimit } from './count.ts'
import { changePart, changeWriting, movePart, removePart, type Part, type Writing } from './model.ts'
import { PictureRow, PollEditor, QuoteOffer, QuotingCard, Warning } from './seldom.tsx'
import { addPictures } from './uploads.ts'
import { Words } from './words.tsx'

type PartProps = { now: Writing; part: Part; index: number }

/** One post: its warning, its words, its pictures. In a thread it stands between others and can be moved. */
export function PartCard({ now, part, index }: PartProps) {
  const [isOver, setOver] = useState(false)
  const [isOffering, setOffering] = useState(false)
  const count = now.parts.length
  const place = t('composer.partOf', 'Post {n} of {count}', { n: amount(index + 1), count: amount(count) })
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files that are dropped; a button chooses them too
    <section
      class={`part ${count > 1 ? 'part-of-many' : ''} ${isOver ? 'part-over' : ''}`}
      aria-label={count > 1 ? place : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver([...(event.dataTransfer?.types ?? [])].includes('Files'))
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        addPictures(part.key, [...(event.dataTransfer?.files ?? [])])
      }}
    >
      {part.warning !== null && <Warning part={part} text={part.warning} />}
      <Words
        now={now}
        part={part}
        isFirst={index === 0}
        label={
          count > 1
            ? t('composer.textOfPart', 'Text of post {n}', { n: amount(index + 1) })
            : t('composer.text', 'Text of the post')
        }
        placeholder={placeholderOf(now, index)}
        onLink={() => setOffering(true)}
      />
      {index === 0 && <Quoting now={now} part={part} isOffering={isOffering} />}
      {part.uploads.map((one, at) => (
        <PictureRow key={one.key} partKey={part.key} upload={one} index={at} count={part.uploads.length} />
      ))}
      {part.poll && (
        <PollEditor
          value={part.poll}
          onChange={(poll) => changePart(part.key, { poll })}
          isEdit={Boolean(now.edit?.poll)}
        />
      )}
      {count > 1 && <PartTools part={part} index={index} count={count} place={place} />}
    </section>
  )
}

type QuotingProps = { now: Writing; part: Part; isOffering: boolean }

/** What is quoted, or the offer to quote the post that a pasted link leads to. A thread quotes in its first post. */
function Quoting({ now, part, isOffering }: QuotingProps) {
  if (now.quote) return <QuotingCard status={now.quote} remove={() => changeWriting({ quote: undefined })} />
  if (!isOffering || now.edit) return null
  return (
    <QuoteOffer
      quote={(quote, link) => {
        changeWriting({ quote })
        changePart(part.key, { text: part.text.replace(link, '').trim() })
      }}
    />
  )
}

function placeholderOf(now: Writing, index: number): string {
  if (index > 0) return t('composer.more', 'And then?')
  return now.replyTo ? t('composer.writeReply', 'Write your reply') : t('composer.onYourMind', 'What is on your mind?')
}

type ToolsProps = { part: Part; index: number; count: number; place: string }

function PartTools({ part, index, count, place }: ToolsProps) {
  const left = charactersLeft(part)
  return (
    <p class="part-tools">
      <span class="meta">{place}</span>
      {isNearLimit(left) && <span class={left < 0 ? 'meta counter-over' : 'meta'}>{amount(left)}</span>}
      <span class="acts-gap" />
      <button
        class="icon-button"
        type="button"
        aria-label={t('composer.movePartUp', 'Move post {n} up', { n: index + 1 })}
        aria-disabled={index === 0}
        onClick={() => movePart(part.key, -1)}
      >
        <Icon name="up" />
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label={t('composer.movePartDown', 'Move post {n} down', { n: index + 1 })}
        aria-disabled={index === count - 1}
        onClick={() => movePart(part.key, 1)}
      >
        <Icon name="under" />
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label={t('composer.removePart', 'Remove post {n}', { n: index + 1 })}
        onClick={() => removePart(part.key)}
      >
        <Icon name="remove" />
      </button>
    </p>
  )
}
