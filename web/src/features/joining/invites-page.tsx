import type { Invite } from '@hamlet/contract/invite'
import { useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { may } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'
import { lifetimes, sayEnd, sayUses, uses } from './words.ts'

const PATH = '/api/hamlet/v1/invites'

/** Whom a member lets in: links to hand on, how often each was used, and their end. */
export function InvitesPage() {
  const feed = useMemo(() => makeFeed<Invite>(PATH), [])
  const create = async (body: Record<string, unknown>) => {
    const made = await request<Invite>('POST', PATH, { body })
    feed.arrive(made)
    feed.showWaiting()
    await copy(made)
  }
  const end = async (row: Invite) => {
    try {
      const ended = await request<Invite>('DELETE', `${PATH}/${row.id}`)
      feed.items.value = feed.items.value.map((one) => (one.id === ended.id ? ended : one))
      toast(t('invites.ended', 'Nobody comes in by it any more.'))
    } catch (error) {
      toast(explain(error))
    }
  }
  if (!may('invite_users'))
    return (
      <>
        <ColumnHead title={t('invites.title', 'Invitations')} back />
        <div class="sheet column-sheet">
          <Empty icon="follow" title={t('invites.notYours', 'Your role invites nobody')}>
            {t('invites.notYoursText', 'Whoever runs this server can change that.')}
          </Empty>
        </div>
      </>
    )
  return (
    <>
      <ColumnHead title={t('invites.title', 'Invitations')} back />
      <Group
        id="new-invite"
        title={t('invites.new', 'Invite somebody')}
        note={t(
          'invites.newNote',
          'A link that lets people in, also while this server takes nobody else. You answer for whom you bring.',
        )}
      >
        <InviteForm create={create} />
      </Group>
      <Group id="invites" title={t('invites.yours', 'Your invitations')}>
        <FeedList
          feed={feed}
          empty={{
            icon: 'follow',
            title: t('invites.none', 'You have invited nobody yet'),
            text: t('invites.noneText', 'Make a link above, and give it to somebody you know.'),
          }}
          draw={(row) => <InviteRow key={row.id} row={row} end={() => void end(row)} />}
        />
      </Group>
    </>
  )
}

/** Where a browser lets no page write into its clipboard, the link can be copied by hand. */
async function copy({ url }: Invite): Promise<void> {
  try {
    await navigator.clipboard.writeText(url)
    toast(t('invites.copied', 'The link is copied.'))
  } catch {
    toast(url)
  }
}

const numberOf = (form: FormData, name: string): number | null => {
  const value = form.get(name)
  return typeof value === 'string' && value !== '' ? Number(value) : null
}

function InviteForm({ create }: { create: (body: Record<string, unknown>) => Promise<void> }) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const send = async (form: HTMLFormElement) => {
    if (isSending) return
    const data = new FormData(form)
    setSending(true)
    setFault('')
    try {
      const comment = data.get('comment')
      await create({
        max_uses: numberOf(data, 'max_uses'),
        expires_in: numberOf(data, 'expires_in'),
        autofollow: data.get('autofollow') !== null,
        comment: typeof comment === 'string' ? comment : '',
      })
      // How far and how long stays as it was chosen: often one makes several.
      const note = form.querySelector<HTMLInputElement>('[name=comment]')
      if (note) note.value = ''
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
  }
  return (
    <form
      class="settings-form invite-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <div class="gate-fields">
        <Choice name="max_uses" label={t('invites.for', 'For')} options={uses()} chosen="1" />
        <Choice name="expires_in" label={t('invites.lasts', 'Lasts')} options={lifetimes()} chosen="86400" />
      </div>
      <label class="check">
        <input type="checkbox" name="autofollow" value="1" defaultChecked />
        <span>{t('invites.autofollow', 'Whoever comes follows me')}</span>
      </label>
      <label class="gate-text">
        <span class="field-head">{t('invites.comment', 'Note for yourself and the team')}</span>
        <span class="input">
          <input name="comment" maxLength={420} autocomplete="off" dir="auto" />
        </span>
      </label>
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
      <button class="button button-primary" type="submit" aria-busy={isSending}>
        {t('invites.make', 'Make a link')}
      </button>
    </form>
  )
}

type ChoiceProps = { name: string; label: string; options: readonly (readonly [string, string])[]; chosen: string }

function Choice({ name, label, options, chosen }: ChoiceProps) {
  return (
    <label class="gate-choice">
      <span class="field-head">{label}</span>
      <span class="gate-select">
        <select name={name} defaultValue={chosen}>
          {options.map(([value, words]) => (
            <option key={value} value={value} selected={value === chosen}>
              {words}
            </option>
          ))}
        </select>
        <Icon name="down" small />
      </span>
    </label>
  )
}

type RowProps = { row: Invite; end: () => void }

function InviteRow({ row, end }: RowProps) {
  return (
    <div class="gate-row invite-row" data-active={row.active}>
      <span class="queue-who">
        <strong dir="ltr">{row.code}</strong>
        <span class="meta">
          {sayUses(row)} · {sayEnd(row)}
        </span>
        {row.comment && (
          <span class="invite-note" dir="auto">
            {row.comment}
          </span>
        )}
      </span>
      {row.active && (
        <span class="person-acts">
          <button
            class="button button-outline button-small"
            type="button"
            aria-label={t('invites.endNamed', 'End {code}', { code: row.code })}
            onClick={end}
          >
            {t('invites.end', 'End')}
          </button>
          <button
            class="button button-outline button-small"
            type="button"
            aria-label={t('invites.copyNamed', 'Copy link of {code}', { code: row.code })}
            onClick={() => void copy(row)}
          >
            {t('invites.copy', 'Copy link')}
          </button>
        </span>
      )}
    </div>
  )
}
