import { useState } from 'preact/hooks'
import { amount, t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { server } from '../../../app/session.ts'
import type { Upload } from './model.ts'
import { FocalPoint } from './seldom.tsx'
import { describeUpload, moveUpload, removeUpload, retryUpload } from './uploads.ts'

/** What is dragged is a picture of this post, by its place. */
const DRAGGED = 'application/x-hamlet-picture'

type RowProps = { partKey: string; upload: Upload; index: number; count: number }

/** A picture with its description beside it, never behind a button (picture 05a). */
export function PictureRow({ partKey, upload, index, count }: RowProps) {
  const [isFocusing, setFocusing] = useState(false)
  const move = (by: number) => moveUpload(partKey, upload.key, by)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the buttons in it do the same
    <div
      class="upload"
      data-key={upload.key}
      onDrop={(event) => {
        const from = event.dataTransfer?.getData(DRAGGED)
        if (!from) return
        event.preventDefault()
        event.stopPropagation()
        const dragged = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('.upload')[Number(from)]
        if (dragged?.dataset.key) moveUpload(partKey, dragged.dataset.key, index - Number(from))
      }}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
        if (!event.altKey || !step) return
        event.preventDefault()
        move(step)
      }}
    >
      <Thumb
        upload={upload}
        index={index}
        count={count}
        remove={() => removeUpload(partKey, upload.key)}
        focus={() => setFocusing(true)}
      />
      <div class="upload-words">
        <Description partKey={partKey} upload={upload} />
        <Notes partKey={partKey} upload={upload} />
        {count > 1 && <Order index={index} count={count} move={move} />}
      </div>
      {isFocusing && (
        <FocalPoint
          upload={upload}
          choose={(focus) => describeUpload(partKey, upload.key, { focus })}
          close={() => setFocusing(false)}
        />
      )}
    </div>
  )
}

type ThumbProps = { upload: Upload; index: number; count: number; remove: () => void; focus: () => void }

function Thumb({ upload, index, count, remove, focus }: ThumbProps) {
  const isWaiting = !upload.id && !upload.fault
  const { x, y } = upload.focus
  return (
    <div
      class="upload-picture"
      draggable={count > 1}
      onDragStart={(event) => event.dataTransfer?.setData(DRAGGED, String(index))}
    >
      {upload.preview !== '' && (
        <img
          src={upload.preview}
          alt=""
          draggable={false}
          style={{ objectPosition: `${(x + 1) * 50}% ${(1 - y) * 50}%` }}
        />
      )}
      <button
        class="over-button"
        type="button"
        aria-label={t('composer.removePicture', 'Remove {name}', { name: upload.name })}
        onClick={remove}
      >
        <Icon name="close" />
      </button>
      {upload.id && (
        <button
          class="over-button over-focus"
          type="button"
          aria-label={t('composer.chooseFocus', 'Choose what stays visible when it is cropped')}
          title={t('composer.chooseFocus', 'Choose what stays visible when it is cropped')}
          onClick={focus}
        >
          <Icon name="focus" />
        </button>
      )}
      {isWaiting && (
        <output class="upload-state">
          {t('composer.sending', 'Sending …')}
          <progress max={1} value={upload.progress} aria-label={t('composer.progress', 'How much has arrived')} />
        </output>
      )}
    </div>
  )
}

function Description({ partKey, upload }: { partKey: string; upload: Upload }) {
  const most = server.value.configuration.media_attachments.description_limit
  const id = `description-${upload.key}`
  return (
    <>
      <span class="upload-head">
        <label for={id}>{t('composer.description', 'Description')}</label>
        <span class="meta">
          {t('composer.ofMost', '{n} of {most}', { n: amount(upload.description.length), most: amount(most) })}
        </span>
      </span>
      <textarea
        id={id}
        class="upload-text"
        rows={3}
        maxLength={most}
        placeholder={t('composer.whatIsThere', 'What is to be seen, for those who cannot?')}
        value={upload.description}
        dir="auto"
        onInput={(event) =>
          describeUpload(partKey, upload.key, { description: event.currentTarget.value, isRecalled: false })
        }
      />
    </>
  )
}

function Notes({ partKey, upload }: { partKey: string; upload: Upload }) {
  if (upload.fault)
    return (
      <p class="field-fault" role="alert">
        {upload.fault}{' '}
        <button class="link-button" type="button" onClick={() => retryUpload(partKey, upload.key)}>
          {t('composer.retry', 'Try again')}
        </button>
      </p>
    )
  if (!upload.isRecalled) return null
  return (
    <p class="recalled">
      <Icon name="recall" small />
      {t('composer.recalled', 'Your words from last time.')}
      <button
        class="link-button"
        type="button"
        onClick={() => describeUpload(partKey, upload.key, { description: '', isRecalled: false })}
      >
        {t('composer.clear', 'Clear')}
      </button>
    </p>
  )
}

function Order({ index, count, move }: { index: number; count: number; move: (by: number) => void }) {
  return (
    <p class="upload-order">
      <span class="meta">{t('composer.place', '{n} of {count}', { n: amount(index + 1), count: amount(count) })}</span>
      <button
        class="icon-button"
        type="button"
        aria-label={t('composer.earlier', 'Move earlier')}
        title={t('composer.earlier', 'Move earlier')}
        aria-disabled={index === 0}
        onClick={() => move(-1)}
      >
        <Icon name="up" />
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label={t('composer.later', 'Move later')}
        title={t('composer.later', 'Move later')}
        aria-disabled={index === count - 1}
        onClick={() => move(1)}
      >
        <Icon name="under" />
      </button>
    </p>
  )
}
