import type { PageAssets, PageModel, RenderPage } from '@hamlet/contract/pages'
import { render } from 'preact-render-to-string'
import { FeedPage, RefusalPage, Shell } from './features/instance/shell.tsx'
import { ProfilePage } from './features/profiles/profile-page.tsx'
import { StatusPage } from './features/statuses/status-page.tsx'
import { headOf } from './lib/head.ts'

/** Draws a public page as a whole document. It runs on the server; the reader needs no script for it. */
export const renderPage: RenderPage = (model, assets) =>
  `<!doctype html>${render(<Page model={model} assets={assets} />)}`

function Page({ model, assets }: { model: PageModel; assets: PageAssets }) {
  return (
    <html lang="en">
      <PageHead model={model} assets={assets} />
      <body>
        <Shell site={model.site}>
          <Content model={model} />
        </Shell>
      </body>
    </html>
  )
}

function PageHead({ model, assets }: { model: PageModel; assets: PageAssets }) {
  const head = headOf(model)
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{head.title}</title>
      <meta name="description" content={head.description} />
      {!head.isIndexed && <meta name="robots" content="noindex" />}
      <link rel="canonical" href={head.canonical} />
      <link rel="icon" href="/logo.svg" type="image/svg+xml" />
      <meta property="og:title" content={head.title} />
      <meta property="og:description" content={head.description} />
      <meta property="og:type" content={head.type} />
      <meta property="og:url" content={head.canonical} />
      <meta property="og:site_name" content={model.site.title} />
      {head.image && <meta property="og:image" content={head.image} />}
      {assets.css.map((file) => (
        <link key={file} rel="stylesheet" href={file} />
      ))}
      {assets.script && <script type="module" src={assets.script} />}
    </head>
  )
}

function Content({ model }: { model: PageModel }) {
  switch (model.kind) {
    case 'front':
    case 'tag':
      return <FeedPage model={model} />
    case 'profile':
      return <ProfilePage model={model} />
    case 'status':
      return <StatusPage model={model} />
    case 'refusal':
      return <RefusalPage model={model} />
  }
}
