import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { countCharacters } from '@hamlet/contract/text'
import { useId, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepStatus } from '../../api/store.ts'
import { me, server } from '../../app/session.ts'
import { amount, listed, rich, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { addressed, findOutsiders } from './message-text.ts'
import { namesOf } from './threads.ts'

type ComposerProps = {
  /** Exactly these, and nobody else, whatever the text says. */
  people: readonly Account[]
  replyTo?: Status | undefined
  /** What an unfinished text is kept under while the app is open. */
  draftKey: string
  onSent: (status: Status) => void
}

type Trouble = { text: string; outsiders?: string[] }

const drafts = new Map<string, string>()
/** Shown when so little of the limit is left. */
const SCARCE = 0.2

/** Writes to the people of a thread. A handle in the text can neither add somebody nor leave somebody out. */
export function MessageComposer({ people, replyTo, draftKey, onSent }: ComposerProps) {
  const [text, setText] = useState(drafts.get(draftKey) ?? '')
  const [trouble, setTrouble] = useState<Trouble>()
  const [isSending, setSending] = useState(false)
  const key = useRef(crypto.randomUUID())
  const id = useId()
  const change = (value: string) => {
    drafts.set(draftKey, value)
    setText(value)
    setTrouble(undefined)
  }
  const send = async () => {
    const found = findTrouble(text, people)
    setTrouble(found)
    if (found || isSending) return
    setSending(true)
    try {
      const status = await post({ text, people, replyTo, key: key.current })
      key.current = crypto.randomUUID()
      change('')
      onSent(status)
    } catch (error) {
      setTrouble({ text: explain(error) })
    }
    setSending(false)
  }
  return (
    <form
      class="message-composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {trouble && <TroubleNote id={`${id}-trouble`} trouble={trouble} people={people} />}
      <div class="message-field">
        <textarea
          rows={1}
          dir="auto"
          value={text}
          aria-label={t('direct-threads.write', 'Your message')}
          placeholder={t('direct-threads.placeholder', 'Write a message')}
          aria-invalid={trouble ? 'true' : undefined}
          aria-describedby={trouble ? `${id}-trouble` : undefined}
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            void send()
          }}
        />
        <CharactersLeft text={addressed(text, people)} />
        <button class="button button-primary" type="submit" aria-busy={isSending}>
          {t('direct-threads.send', 'Send')}
        </button>
      </div>
      <Audience people={people} />
    </form>
  )
}

function charactersLeft(text: string): number {
  return server.value.configuration.statuses.max_characters - countCharacters(text)
}

function CharactersLeft({ text }: { text: string }) {
  const left = charactersLeft(text)
  if (left > server.value.configuration.statuses.max_characters * SCARCE) return null
  return <span class={left < 0 ? 'meta counter-over' : 'meta'}>{amount(left)}</span>
}

/** What stands in the way of sending, said before anything leaves. */
function findTrouble(text: string, people: readonly Account[]): Trouble | undefined {
  if (text.trim() === '') return { text: t('direct-threads.empty', 'Write something first.') }
  const outsiders = findOutsiders(text, people)
  if (outsiders.length > 0)
    return {
      outsiders,
      text: t(
        'direct-threads.outsiders',
        '{handles} {count, plural, one {is} other {are}} not in this conversation, and a handle in the text adds nobody. Take the @ away, or begin anew with everybody.',
        { handles: listed(outsiders.map((handle) => `@${handle}`)), count: outsiders.length },
      ),
    }
  const left = charactersLeft(addressed(text, people))
  return left < 0
    ? {
        text: t('direct-threads.tooLong', '{count, plural, one {# character} other {# characters}} too many.', {
          count: -left,
        }),
      }
    : undefined
}

function TroubleNote({ id, trouble, people }: { id: string; trouble: Trouble; people: readonly Account[] }) {
  const everybody = [...people.map((one) => one.acct), ...(trouble.outsiders ?? [])]
  return (
    <div class="message-trouble" id={id} role="alert">
      <p>{trouble.text}</p>
      {trouble.outsiders && (
        <a
          class="button button-outline button-small"
          href={`/mentions/new?with=${everybody.map(encodeURIComponent).join(',')}`}
        >
          {t('direct-threads.startWith', 'Start a new conversation with {handles}', {
            handles: listed(trouble.outsiders.map((handle) => `@${handle}`)),
          })}
        </a>
      )}
    </div>
  )
}

/** Who reads it, in words, and who could (web-spec 4.7). */
function Audience({ people }: { people: readonly Account[] }) {
  const names = <strong dir="auto">{namesOf(people)}</strong>
  return (
    <p class="meta message-audience">
      <Icon name="direct" small />
      <span>
        {people.length > 0
          ? rich('direct-threads.audience', 'Only {names} and you see this.', { names })
          : t('direct-threads.audienceSelf', 'Only you see this.')}{' '}
        {t(
          'direct-threads.notEncrypted',
          'Not end-to-end encrypted: whoever runs a server that it is on can technically read it.',
        )}
      </span>
    </p>
  )
}

type Outgoing = { text: string; people: readonly Account[]; replyTo: Status | undefined; key: string }

/** The server too refuses whatever would reach somebody else. */
async function post({ text, people, replyTo, key }: Outgoing): Promise<Status> {
  const status = await request<Status>('POST', '/api/v1/statuses', {
    body: {
      status: addressed(text, people),
      visibility: 'direct',
      language: me.value.source.language ?? undefined,
      allowed_mentions: [...people.map((one) => one.id), me.value.id],
      ...(replyTo ? { in_reply_to_id: replyTo.id } : {}),
    },
    headers: { 'idempotency-key': key },
  })
  keepStatus(status)
  return status
}
