import type { PageModel } from '@hamlet/contract/pages'
import { rich, t } from '../../i18n/words.ts'
import { Field, FormFault } from '../../ui/form.tsx'
import { Cover, Entrance } from '../users/entrance.tsx'

type Model = Extract<PageModel, { kind: 'interact' }>

/** Asks a reader for their own server, which then follows, answers or favourites. */
export function InteractPage({ model }: { model: Model }) {
  const { site, uri } = model
  const here = `/interact?uri=${encodeURIComponent(uri)}`
  return (
    <Entrance
      site={site}
      aside={<Cover site={site} />}
      foot={rich('entrance.liveHere', 'You live on {domain}? {link}', {
        domain: site.domain,
        link: <a href={`/sign-in?next=${encodeURIComponent(here)}`}>{t('public.signIn', 'Sign in')}</a>,
      })}
    >
      <h1>{t('entrance.goOn', 'Go on from your own server')}</h1>
      <p class="lead">
        {t(
          'entrance.goOnText',
          'Follow, reply and favourite from wherever you live: Mastodon, Hamlet, Pixelfed and many others understand this page.',
        )}
      </p>
      <form method="post" action="/interact">
        <FormFault state={model} />
        <input type="hidden" name="uri" value={uri} />
        <Field
          name="address"
          label={t('entrance.yourAddress', 'Your address')}
          state={model}
          help={t(
            'entrance.yourAddressHelp',
            'Such as you@example.org. It is used once, to find your server, and not kept.',
          )}
          autocomplete="username"
          autofocus
        />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.takeMeHome', 'Take me home')}
        </button>
      </form>
    </Entrance>
  )
}
