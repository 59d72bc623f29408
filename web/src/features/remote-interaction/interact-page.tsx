import type { PageModel } from '@hamlet/contract/pages'
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
      foot={
        <>
          You live on {site.domain}? <a href={`/sign-in?next=${encodeURIComponent(here)}`}>Sign in</a>
        </>
      }
    >
      <h1>Go on from your own server</h1>
      <p class="lead">
        Follow, reply and favourite from wherever you live: Mastodon, Hamlet, Pixelfed and many others understand this
        page.
      </p>
      <form method="post" action="/interact">
        <FormFault state={model} />
        <input type="hidden" name="uri" value={uri} />
        <Field
          name="address"
          label="Your address"
          state={model}
          help="Such as you@example.org. It is used once, to find your server, and not kept."
          autocomplete="username"
          autofocus
        />
        <button class="button button-primary button-large" type="submit">
          Take me home
        </button>
      </form>
    </Entrance>
  )
}
