import type { CredentialAccount } from '@hamlet/contract/account'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount } from '../../api/store.ts'
import { ColumnHead } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { EditTags } from './edit-tags.tsx'

const FIELDS = 4

/** The same form by its own address, where settings lead. */
export function EditProfilePage() {
  return (
    <>
      <ColumnHead title={t('profiles.edit', 'Edit profile')} back />
      <div class="sheet column-sheet">
        <EditProfile onDone={() => {}} />
      </div>
    </>
  )
}

/** How one appears to others. Saved as a whole, so that a half-written bio is never shown. */
export function EditProfile({ onDone }: { onDone: () => void }) {
  const [fault, setFault] = useState('')
  const [isSaving, setSaving] = useState(false)
  const save = async (form: HTMLFormElement) => {
    setSaving(true)
    setFault('')
    try {
      const body = readForm(form)
      const saved = await request<CredentialAccount>('PATCH', '/api/v1/accounts/update_credentials', { form: body })
      keepAccount(saved)
      me.value = saved
      toast(t('profiles.saved', 'Your profile is saved.'))
      onDone()
    } catch (error) {
      setFault(explain(error))
    }
    setSaving(false)
  }
  return (
    <>
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save(event.currentTarget)
        }}
      >
        <Words />
        <Picture kind="avatar" />
        <Picture kind="header" />
        <Facts />
        <Switches />
        {fault && (
          <p class="form-fault" role="alert">
            {fault}
          </p>
        )}
        <button class="button button-primary" type="submit" aria-busy={isSaving}>
          {t('profiles.save', 'Save')}
        </button>
      </form>
      <EditTags />
    </>
  )
}

/** A box that is not ticked is no field at all, and a picture that was not chosen is an empty one. */
function readForm(form: HTMLFormElement): FormData {
  const data = new FormData(form)
  for (const { name } of switches()) data.set(name, data.has(name) ? 'true' : 'false')
  for (const name of ['avatar', 'header']) {
    const file = data.get(name)
    if (file instanceof File && file.size === 0) data.delete(name)
  }
  return data
}

function Words() {
  const account = me.value
  return (
    <>
      <label class="field">
        <span class="field-head">{t('profiles.name', 'Name')}</span>
        <span class="input">
          <input name="display_name" maxLength={40} dir="auto" value={account.display_name} />
        </span>
      </label>
      <label class="field">
        <span class="field-head">{t('profiles.aboutYou', 'About you')}</span>
        <textarea name="note" rows={5} maxLength={500} dir="auto" value={account.source.note} />
      </label>
    </>
  )
}

/** A picture with its words: whoever does not see it is told what it shows. */
function Picture({ kind }: { kind: 'avatar' | 'header' }) {
  const isAvatar = kind === 'avatar'
  return (
    <fieldset class="field edit-picture">
      <legend class="field-head">{isAvatar ? t('profiles.avatar', 'Picture') : t('profiles.cover', 'Cover')}</legend>
      <img class={isAvatar ? 'avatar' : 'edit-cover'} src={me.value[kind]} alt="" />
      <input
        type="file"
        name={kind}
        accept="image/*"
        aria-label={isAvatar ? t('profiles.avatarFile', 'Another picture') : t('profiles.coverFile', 'Another cover')}
      />
      <span class="input">
        <input
          name={`${kind}_description`}
          maxLength={150}
          dir="auto"
          aria-label={t('profiles.describe', 'What it shows, for who does not see it')}
          placeholder={t('profiles.describe', 'What it shows, for who does not see it')}
          value={me.value[`${kind}_description`]}
        />
      </span>
    </fieldset>
  )
}

function Facts() {
  const { fields } = me.value.source
  return (
    <fieldset class="field">
      <legend class="field-head">{t('profiles.facts', 'Facts')}</legend>
      {Array.from({ length: FIELDS }, (_, index) => (
        <span class="fact-row" key={index}>
          <input
            name={`fields_attributes[${index}][name]`}
            aria-label={t('profiles.factName', 'Name of fact {n}', { n: index + 1 })}
            placeholder={t('profiles.factHint', 'Website')}
            maxLength={255}
            dir="auto"
            value={fields[index]?.name ?? ''}
          />
          <input
            name={`fields_attributes[${index}][value]`}
            aria-label={t('profiles.fact', 'Fact {n}', { n: index + 1 })}
            maxLength={255}
            dir="auto"
            value={fields[index]?.value ?? ''}
          />
        </span>
      ))}
    </fieldset>
  )
}

type SwitchName =
  | 'locked'
  | 'discoverable'
  | 'indexable'
  | 'hide_collections'
  | 'show_media'
  | 'show_media_replies'
  | 'show_featured'
  | 'bot'
type Switch = { name: SwitchName; title: string; help: string }

function switches(): Switch[] {
  return [
    {
      name: 'locked',
      title: t('profiles.setLocked', 'Ask me before somebody follows'),
      help: t('profiles.setLockedHelp', 'People who follow you already stay.'),
    },
    {
      name: 'discoverable',
      title: t('profiles.setDiscoverable', 'Recommend me'),
      help: t('profiles.setDiscoverableHelp', 'In the directory and to people who look whom to follow.'),
    },
    {
      name: 'indexable',
      title: t('profiles.setIndexable', 'Let my public posts be searched'),
      help: t('profiles.setIndexableHelp', 'Here and by search engines.'),
    },
    {
      name: 'hide_collections',
      title: t('profiles.setHidden', 'Hide whom I follow and who follows me'),
      help: t('profiles.setHiddenHelp', 'The numbers are shown, the people only to you.'),
    },
    {
      name: 'show_media',
      title: t('profiles.setMedia', 'Show a page of my pictures'),
      help: t('profiles.setMediaHelp', 'Pictures that you hide behind a warning stay hidden there.'),
    },
    {
      name: 'show_media_replies',
      title: t('profiles.setMediaReplies', 'With pictures from my replies'),
      help: t('profiles.setMediaRepliesHelp', 'Otherwise only those of posts of your own.'),
    },
    {
      name: 'show_featured',
      title: t('profiles.setFeatured', 'Show the people and hashtags I recommend'),
      help: t('profiles.setFeaturedHelp', 'On your profile, to everybody.'),
    },
    {
      name: 'bot',
      title: t('profiles.setBot', 'This account acts by itself'),
      help: t('profiles.setBotHelp', 'A mark says so on its posts.'),
    },
  ]
}

function Switches() {
  return (
    <>
      {switches().map(({ name, title, help }) => (
        <div class="switch-row" key={name}>
          <label for={name}>
            <strong>{title}</strong>
            <span class="meta">{help}</span>
          </label>
          <input id={name} class="switch" type="checkbox" name={name} defaultChecked={me.value[name] === true} />
        </div>
      ))}
    </>
  )
}
