import type { TeamTexts } from '@hamlet/contract/site-texts'
import { useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { Group } from '../settings/rows.tsx'
import { Terms } from './terms.tsx'
import { useSaving, WordsField } from './words-field.tsx'

const PATH = '/api/web/admin/texts'

/** What the team says at length. Terms of service have versions; the other texts are simply what they say today. */
export function TextsPage() {
  const { value, fault, load } = useLoaded<TeamTexts>(PATH)
  return (
    <>
      <ColumnHead title={t('texts.title', 'Texts')} />
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!value && !fault && <Skeleton rows={6} />}
      {value && <Texts start={value} />}
    </>
  )
}

function Texts({ start }: { start: TeamTexts }) {
  const [now, setNow] = useState(start)
  return (
    <div class="settings-page joining-page">
      <Group id="about" title={t('texts.about', 'About this server')} note={markdownNote()}>
        <OneText name="extended_description" value={now.extended_description.text} done={setNow} href="/about" />
      </Group>
      <Group id="privacy" title={t('texts.privacy', 'Privacy policy')}>
        <OneText name="privacy_policy" value={now.privacy_policy.text} done={setNow} href="/privacy-policy" />
      </Group>
      <Terms now={now} done={setNow} />
    </div>
  )
}

const markdownNote = () =>
  t(
    'texts.markdown',
    'Texts are Markdown: # for a heading, - for a list, **bold**, *italic*, [words](address) for a link.',
  )

type OneProps = {
  name: 'extended_description' | 'privacy_policy'
  value: string
  done: (now: TeamTexts) => void
  href: string
}

function OneText({ name, value, done, href }: OneProps) {
  const [text, setText] = useState(value)
  const { fault, isSaving, run } = useSaving()
  const label = name === 'privacy_policy' ? t('texts.privacy', 'Privacy policy') : t('texts.about', 'About this server')
  const save = () =>
    run(async () => {
      const now = await request<TeamTexts>('PUT', `${PATH}/${name}`, { body: { text } })
      setText(now[name].text)
      done(now)
      toast(t('texts.saved', 'Saved.'))
    })
  return (
    <form
      class="settings-form site-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <WordsField id={name} label={label} value={text} write={setText} />
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <p class="role-acts">
        <button class="button button-primary" type="submit" aria-busy={isSaving}>
          {t('texts.save', 'Save')}
        </button>
        {value !== '' && (
          <a class="button button-outline" href={href} target="_blank">
            {t('texts.open', 'See the page')}
          </a>
        )}
      </p>
    </form>
  )
}
