import type { Moves } from '@hamlet/contract/moves'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { formats, t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'
import { SecretForm } from '../settings/secret-form.tsx'
import { Line } from './line.tsx'

const PATH = '/api/hamlet/v1/moves'
const day = (at: string) => new Intl.DateTimeFormat(formats(), { dateStyle: 'long' }).format(new Date(at))

/** From one account to another: who one also is, moving away, and coming back. */
export function MovingPage() {
  const [moves, setMoves] = useState<Moves>()
  const [fault, setFault] = useState('')
  const load = () => {
    setFault('')
    request<Moves>('GET', PATH).then(setMoves, (error: unknown) => setFault(explain(error)))
  }
  useEffect(load, [])
  return (
    <>
      <ColumnHead title={t('moves.title', 'Moving')} back />
      {fault && <Fault text={fault} retry={load} />}
      {!moves && !fault && <Skeleton rows={3} />}
      {moves && (
        <>
          {moves.moved_to !== null && <Back to={moves.moved_to} done={setMoves} />}
          <Aliases moves={moves} done={setMoves} />
          {moves.moved_to === null && <Away moves={moves} done={load} />}
          {moves.moved_to === null && <Redirect done={load} />}
        </>
      )}
    </>
  )
}

/** This account only points elsewhere; it can be used again. */
function Back({ to, done }: { to: string; done: (moves: Moves) => void }) {
  const [isSending, setSending] = useState(false)
  const come = async () => {
    setSending(true)
    try {
      done(await request<Moves>('DELETE', `${PATH}/redirect`))
      toast(t('moves.isBack', 'This account is yours to use again.'))
      location.assign('/settings/moving')
    } catch (error) {
      toast(explain(error))
    }
    setSending(false)
  }
  return (
    <Group
      id="moved"
      title={t('moves.moved', 'You moved')}
      note={t('moves.backNote', 'Who went along with you stays there.')}
    >
      <div class="wish">
        <span>
          <strong>
            <bdi>{`@${to}`}</bdi>
          </strong>
          <small>
            {t(
              'moves.movedText',
              'This account points there. Until you come back you can only keep order here: settings, downloads, deleting.',
            )}
          </small>
        </span>
        <button
          class="button button-outline"
          type="button"
          aria-busy={isSending}
          onClick={() => !isSending && void come()}
        >
          {t('moves.comeBack', 'Use it again')}
        </button>
      </div>
    </Group>
  )
}

/** The first step of a move to here: this account says that it is the old one, too. */
function Aliases({ moves, done }: { moves: Moves; done: (moves: Moves) => void }) {
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const add = async (form: HTMLFormElement) => {
    setSending(true)
    setFault('')
    try {
      done(await request<Moves>('POST', `${PATH}/aliases`, { body: { acct: new FormData(form).get('acct') } }))
      form.reset()
    } catch (error) {
      setFault(explain(error))
    }
    setSending(false)
  }
  return (
    <Group
      id="aliases"
      title={t('moves.aliases', 'Moving here')}
      note={t(
        'moves.aliasesNote',
        'Name your old account here first. Then go there and move to this one: whoever follows you there will follow you here.',
      )}
    >
      {moves.aliases.map((one) => (
        <AliasRow key={one.uri} alias={one} done={done} />
      ))}
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isSending) void add(event.currentTarget)
        }}
      >
        <Line
          id="alias"
          name="acct"
          label={t('moves.old', 'Your old account')}
          placeholder={t('moves.oldExample', '@name@old.example')}
          fault={fault}
        />
        <button class="button button-outline" type="submit" aria-busy={isSending}>
          {t('moves.add', 'This was me')}
        </button>
      </form>
    </Group>
  )
}

function AliasRow({ alias: { uri, acct }, done }: { alias: Moves['aliases'][number]; done: (moves: Moves) => void }) {
  const remove = async () => {
    try {
      done(await request<Moves>('POST', `${PATH}/aliases/remove`, { body: { uri } }))
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="wish">
      <strong>
        <bdi>{acct.startsWith('http') ? acct : `@${acct}`}</bdi>
      </strong>
      <button
        class="button button-outline"
        type="button"
        aria-label={t('moves.removeOf', 'Remove {acct}', { acct })}
        onClick={() => void remove()}
      >
        {t('moves.remove', 'Remove')}
      </button>
    </div>
  )
}

function Away({ moves, done }: { moves: Moves; done: () => void }) {
  const { next_move_at: next, followers_count: followers } = moves
  return (
    <Group
      id="move"
      title={t('moves.away', 'Moving away')}
      note={t(
        'moves.awayNote',
        'Your posts stay here; they cannot be moved. Whoever follows you follows the new account, and this one shows where you are. It can be done once in thirty days.',
      )}
    >
      {next ? (
        <p class="wish">{t('moves.next', 'You can move again on {day}.', { day: day(next) })}</p>
      ) : (
        <MoveForm
          id="target"
          path={PATH}
          submit={t('moves.go', '{n, plural, =0 {Move} one {Move with # follower} other {Move with # followers}}', {
            n: followers,
          })}
          done={() => {
            toast(t('moves.gone', 'You moved. Your followers are on their way.'))
            done()
            location.assign('/settings/moving')
          }}
        >
          {t('moves.first', 'The new account must name this one as its old account first.')}
        </MoveForm>
      )}
    </Group>
  )
}

function Redirect({ done }: { done: () => void }) {
  return (
    <Group
      id="redirect"
      title={t('moves.redirect', 'Only point elsewhere')}
      note={t('moves.redirectNote', 'This account shows where you are. Nobody who follows you is moved.')}
    >
      <MoveForm
        id="pointer"
        path={`${PATH}/redirect`}
        submit={t('moves.point', 'Point there')}
        done={() => {
          done()
          location.assign('/settings/moving')
        }}
      />
    </Group>
  )
}

type MoveFormProps = { id: string; path: string; submit: string; done: () => void; children?: ComponentChildren }

function MoveForm({ id, path, submit, done, children }: MoveFormProps) {
  return (
    <SecretForm
      path={path}
      fields={['acct']}
      faultAt="acct"
      oldId={`${id}-password`}
      order="last"
      submit={submit}
      done={done}
    >
      {(fault) => (
        <>
          {children && <p class="settings-hint">{children}</p>}
          <Line
            id={id}
            name="acct"
            label={t('moves.new', 'Your new account')}
            placeholder={t('moves.newExample', '@name@new.example')}
            fault={fault?.field === 'acct' ? fault.text : ''}
          />
        </>
      )}
    </SecretForm>
  )
}
