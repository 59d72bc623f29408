import { useMemo, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { makeFeed, type Feed } from '../../api/timeline.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'

type Gate = { id: string; created_at?: string }
export type GateBody = Record<string, string | boolean | number>
export type GateChoice = { name: string; label: string; options: readonly (readonly [string, string])[] }

/** What tells a list of names from one of mail domains, mailboxes or networks. */
export type GateKind<T extends Gate> = {
  path: string
  lead: string
  field: { label: string; maxLength: number; placeholder: string }
  choices: readonly GateChoice[]
  empty: { title: string; text: string }
  nameOf(row: T): string
  /** Said beside the name. */
  tagOf?(row: T): string | undefined
  /** A note of the team's own. */
  comment?: { label: string; maxLength: number }
  notesOf(row: T): readonly (string | undefined)[]
  /** What makes a row, from what was filled in. */
  read(form: FormData): GateBody
  /** What makes a row that was removed again. */
  repeat(row: T): GateBody
  /** What removing says; absent: that the name is free again. */
  sayRemoved?(row: T): string
}

/** Whether a block refuses, or leaves it to a moderator. */
export const standing = (): GateChoice => ({
  name: 'standing',
  label: t('gates.then', 'Then'),
  options: [
    ['refuse', t('gates.refuse', 'Refuse')],
    ['ask', t('gates.ask', 'Ask a moderator')],
  ],
})

export function GateList<T extends Gate>({ kind }: { kind: GateKind<T> }) {
  const feed = useMemo(() => makeFeed<T>(kind.path), [kind])
  const sheet = useRef<HTMLDivElement>(null)
  const add = async (body: GateBody) => {
    feed.arrive(await request<T>('POST', kind.path, { body }))
    feed.showWaiting()
  }
  const remove = async (row: T) => {
    const refocus = findNextFocus(sheet.current)
    try {
      await request('DELETE', `${kind.path}/${row.id}`)
      feed.remove((one) => one.id === row.id)
      requestAnimationFrame(refocus)
      const undo = () => void add(kind.repeat(row)).catch((error: unknown) => toast(explain(error)))
      toast(kind.sayRemoved?.(row) ?? t('gates.isFree', '{name} is free again.', { name: kind.nameOf(row) }), {
        label: t('gates.undo', 'Undo'),
        run: undo,
      })
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="sheet column-sheet" ref={sheet}>
      <GateForm kind={kind} add={add} />
      <Rows kind={kind} feed={feed} remove={(row) => void remove(row)} />
    </div>
  )
}

/** Whoever removes rows by keyboard goes on with the next one, and after the last with the field. */
function findNextFocus(sheet: HTMLElement | null): () => void {
  const buttons = [...(sheet?.querySelectorAll<HTMLElement>('.gate-row button') ?? [])]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const next = buttons[at + 1] ?? buttons[at - 1] ?? sheet?.querySelector('input')
  return () => next?.focus()
}

type FormProps<T extends Gate> = { kind: GateKind<T>; add: (body: GateBody) => Promise<void> }

function GateForm<T extends Gate>({ kind, add }: FormProps<T>) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const send = async (form: HTMLFormElement) => {
    if (isSending) return
    setSending(true)
    setFault('')
    try {
      await add(kind.read(new FormData(form)))
      form.reset()
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
    form.querySelector('input')?.focus()
  }
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <p class="gate-lead">{kind.lead}</p>
      <div class="gate-fields">
        <label class="gate-text">
          <span class="field-head">{kind.field.label}</span>
          <span class="input">
            <input
              name="text"
              required
              maxLength={kind.field.maxLength}
              placeholder={kind.field.placeholder}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              aria-invalid={fault ? 'true' : undefined}
              aria-describedby={fault ? 'gate-fault' : undefined}
            />
          </span>
        </label>
        {kind.choices.map((choice) => (
          <Choice key={choice.name} choice={choice} />
        ))}
        {kind.comment && <Comment {...kind.comment} />}
        <button class="button button-primary" type="submit" aria-busy={isSending}>
          {t('gates.add', 'Add')}
        </button>
      </div>
      {fault && (
        <p class="field-fault" id="gate-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}

function Comment({ label, maxLength }: { label: string; maxLength: number }) {
  return (
    <label class="gate-text">
      <span class="field-head">{label}</span>
      <span class="input">
        <input name="comment" maxLength={maxLength} autocomplete="off" dir="auto" />
      </span>
    </label>
  )
}

function Choice({ choice }: { choice: GateChoice }) {
  return (
    <label class="gate-choice">
      <span class="field-head">{choice.label}</span>
      <span class="gate-select">
        <select name={choice.name}>
          {choice.options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <Icon name="down" small />
      </span>
    </label>
  )
}

type RowsProps<T extends Gate> = { kind: GateKind<T>; feed: Feed<T>; remove: (row: T) => void }

function Rows<T extends Gate>({ kind, feed, remove }: RowsProps<T>) {
  return (
    <FeedList
      feed={feed}
      empty={kind.empty}
      draw={(row) => (
        <div class="gate-row" key={row.id}>
          <span class="queue-who">
            <strong>
              <bdi>{kind.nameOf(row)}</bdi>
              {kind.tagOf?.(row) && <span class="tag">{kind.tagOf(row)}</span>}
            </strong>
            <span class="meta">
              {kind
                .notesOf(row)
                .filter((note) => note !== undefined)
                .join(' · ')}
            </span>
          </span>
          {row.created_at && (
            <span class="meta">
              <Ago at={row.created_at} />
            </span>
          )}
          <button
            class="icon-button"
            type="button"
            aria-label={t('gates.removeNamed', 'Remove {name}', { name: kind.nameOf(row) })}
            title={t('gates.remove', 'Remove')}
            onClick={() => remove(row)}
          >
            <Icon name="remove" />
          </button>
        </div>
      )}
    />
  )
}
