import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { letterOf, type KeyName } from '../../app/keys.ts'
import { t } from '../../i18n/words.ts'
import { clashOf, isChanged, readKeys, resetKeys, setKeys, typedOf } from './change-keys.ts'

type FormProps = { name: KeyName; says: string; done: () => void }

/** In place of the keys of something: a field for others. Enter keeps them, Escape leaves them. */
export function KeyForm({ name, says, done }: FormProps) {
  const [typed, setTyped] = useState(typedOf(name))
  const [fault, setFault] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const refuse = (why: string) => {
    setFault(why)
    field.current?.focus()
  }
  const keep = () => {
    const keys = readKeys(typed)
    return clashOf(name, keys) ?? setKeys(name, [keys])
  }
  const act = (run: () => string | undefined | void) => {
    const clash = run()
    if (clash) refuse(clash)
    else done()
  }
  return (
    <form
      class="key-form"
      onSubmit={(event) => {
        event.preventDefault()
        act(keep)
      }}
    >
      <span class="input">
        <KeyField field={field} {...{ says, typed, setTyped, done }} isWrong={fault !== undefined} />
      </span>
      <button class="button button-primary button-small" type="submit">
        {t('keyboard.keep', 'Keep')}
      </button>
      <SmallButton run={() => act(() => setKeys(name, []))}>{t('keyboard.silence', 'No key')}</SmallButton>
      {isChanged(name) && (
        <SmallButton run={() => act(() => resetKeys(name))}>{t('keyboard.reset', 'As usual')}</SmallButton>
      )}
      <SmallButton run={done}>{t('keyboard.cancel', 'Cancel')}</SmallButton>
      {fault && (
        <p class="field-fault" id="key-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}

function SmallButton({ run, children }: { run: () => void; children: ComponentChildren }) {
  return (
    <button class="button button-outline button-small" type="button" onClick={run}>
      {children}
    </button>
  )
}

type FieldProps = {
  field: { current: HTMLInputElement | null }
  says: string
  typed: string
  setTyped: (typed: string) => void
  done: () => void
  isWrong: boolean
}

/** A letter of another script stands for the key that it lies on, as it does where it is pressed. */
function KeyField({ field, says, typed, setTyped, done, isWrong }: FieldProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return done()
    const isLetter = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (!isLetter || event.isComposing) return
    event.preventDefault()
    const { selectionStart, selectionEnd } = event.currentTarget as HTMLInputElement
    const isFresh = selectionStart !== selectionEnd || typed.length > 1
    setTyped((isFresh ? '' : typed) + letterOf(event))
  }
  return (
    <input
      ref={field}
      value={typed}
      dir="ltr"
      maxLength={3}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      aria-label={t('keyboard.field', 'Keys: {does}', { does: says })}
      aria-invalid={isWrong ? 'true' : undefined}
      aria-describedby={isWrong ? 'key-fault' : 'keys-list'}
      onKeyDown={press}
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
