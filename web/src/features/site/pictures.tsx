import type { SitePictures } from '@hamlet/contract/server-settings'
import { useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { Group } from '../settings/rows.tsx'
import { useSaving } from './words-field.tsx'

const PATH = '/api/web/admin/pictures'

/** Pictures in place of those that come with the server. */
export function Pictures() {
  const { value, fault } = useLoaded<SitePictures>(PATH)
  return (
    <Group id="pictures" title={t('site.pictures', 'Pictures')}>
      <Picture
        key={`thumbnail-${value !== undefined}`}
        name="thumbnail"
        start={value?.thumbnail ?? null}
        usual="/header.svg"
        label={t('site.thumbnail', 'Cover')}
        help={t('site.thumbnailHelp', 'Above the page about the server, and where servers are listed: 1200 × 630.')}
        loadFault={fault}
      />
      <Picture
        key={`icon-${value !== undefined}`}
        name="icon"
        start={value?.icon ?? null}
        usual="/logo.svg"
        label={t('site.icon', 'Sign')}
        help={t('site.iconHelp', 'In the tab, beside the name, and on the screen of a phone: a square.')}
        loadFault={fault}
      />
    </Group>
  )
}

type Shown = SitePictures['thumbnail']
type Props = {
  name: 'thumbnail' | 'icon'
  start: Shown
  usual: string
  label: string
  help: string
  loadFault: string
}

function Picture({ name, start, usual, label, help, loadFault }: Props) {
  const [shown, setShown] = useState(start)
  const { fault, isSaving, run } = useSaving()
  const send = (form: HTMLFormElement) =>
    run(async () => {
      const data = new FormData(form)
      const file = data.get('file')
      if (file instanceof File && file.size === 0) data.delete('file')
      setShown((await request<SitePictures>('PUT', `${PATH}/${name}`, { form: data }))[name])
      form.reset()
      toast(t('site.saved', 'Saved.'))
    })
  const remove = () =>
    run(async () => {
      setShown((await request<SitePictures>('DELETE', `${PATH}/${name}`))[name])
    })
  return (
    <form
      class="settings-form site-form site-picture"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <fieldset class="field edit-picture">
        <legend class="field-head">{label}</legend>
        <img class={name === 'icon' ? 'avatar' : 'edit-cover'} src={shown?.url ?? usual} alt="" />
        <input
          type="file"
          name="file"
          accept="image/*"
          required={shown === null}
          aria-label={t('site.pictureFile', 'Another picture: {name}', { name: label })}
        />
        {name === 'thumbnail' && <Description value={shown?.description ?? ''} />}
        <p class="meta">{help}</p>
      </fieldset>
      {(fault || loadFault) && (
        <p class="form-fault" role="alert">
          {fault || loadFault}
        </p>
      )}
      <p class="role-acts">
        <button class="button button-outline" type="submit" aria-busy={isSaving}>
          {t('site.save', 'Save')}
        </button>
        {shown && (
          <button class="button button-outline" type="button" onClick={() => void remove()}>
            {t('site.pictureRemove', 'Take it away')}
          </button>
        )}
      </p>
    </form>
  )
}

function Description({ value }: { value: string }) {
  const words = t('site.pictureWords', 'What it shows, for who does not see it')
  return (
    <span class="input">
      <input name="description" maxLength={200} dir="auto" aria-label={words} placeholder={words} value={value} />
    </span>
  )
}
