import type { Sender } from '@hamlet/contract/letters'
import type { ComponentChildren } from 'preact'
import { directionOf } from '../i18n/speak.ts'
import { language, t } from '../i18n/words.ts'
import type { Draft, Part } from './draft.ts'

/** The colours of `styles/tokens.css` as sRGB: mail programs know no oklch and no variables. */
const STYLE = `
body { margin: 0; padding: 24px 12px; background: #f4f7f9; color: #151f28; font: 16px/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
.sheet { max-width: 544px; margin: 0 auto; padding: 28px 32px; border-radius: 12px; background: #ffffff; overflow-wrap: anywhere; }
.from { margin: 0 0 20px; font-weight: 600; }
.from a { color: inherit; text-decoration: none; }
h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.3; }
p { margin: 0 0 16px; }
blockquote { margin: 0 0 16px; padding-inline-start: 14px; border-inline-start: 3px solid #a9b3b9; white-space: pre-line; }
.button { display: inline-block; padding: 12px 22px; border-radius: 10px; background: #006792; color: #ffffff; font-weight: 600; text-decoration: none; }
a { color: #006792; }
dl { margin: 0 0 16px; }
dt { font-size: 14px; color: #4b5963; }
dd { margin: 0 0 8px; white-space: pre-line; }
.foot { max-width: 544px; margin: 16px auto 0; padding: 0 32px; font-size: 13px; color: #4b5963; }
.foot a { color: inherit; }
@media (max-width: 480px) { .sheet, .foot { padding-inline: 20px; } }
@media (prefers-color-scheme: dark) {
  body { background: #0b1116; color: #e9eef0; }
  .sheet { background: #131a20; }
  blockquote { border-color: #4c575f; }
  .button { background: #2878a2; }
  a { color: #71cbef; }
  a.button { color: #ffffff; }
  dt, .foot { color: #a3aeb5; }
}`

/** A letter as HTML: one column, no picture from anywhere, nothing that tells when it was read. */
export function LetterPage({ draft, sender, foot }: { draft: Draft; sender: Sender; foot: string }) {
  return (
    <html lang={language()} dir={directionOf(language())}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{draft.subject}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <main class="sheet">
          <p class="from">
            <a href={sender.url}>{sender.title}</a>
          </p>
          <h1>{draft.subject}</h1>
          {partsOf(draft, sender).map((part) => (
            <LetterPart part={part} />
          ))}
        </main>
        <footer class="foot">
          <p>
            {foot} <a href={sender.url}>{sender.domain}</a>
          </p>
          {sender.unsubscribe && (
            <p>
              <a href={sender.unsubscribe}>{stopWords()}</a>
            </p>
          )}
        </footer>
      </body>
    </html>
  )
}

/** What the team adds stands last, each line for itself. */
function partsOf(draft: Draft, { note = '', signature = '' }: Sender): Part[] {
  const added = [note, signature].flatMap((text) => text.split(/\n\s*/)).filter((line) => line.trim() !== '')
  return [...draft.parts, ...added]
}

function LetterPart({ part }: { part: Part }): ComponentChildren {
  if (typeof part === 'string') return <p>{part}</p>
  if ('quote' in part) return <blockquote dir="auto">{part.quote}</blockquote>
  if ('button' in part)
    return (
      <p>
        <a class="button" href={part.href}>
          {part.button}
        </a>
      </p>
    )
  if ('link' in part)
    return (
      <p>
        <a href={part.href}>{part.link}</a>
      </p>
    )
  return (
    <dl>
      {part.facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </>
      ))}
    </dl>
  )
}

/** The same as text. What people wrote is set off line by line, so that it can never pass for the server's own words. */
export function letterText(draft: Draft, sender: Sender, foot: string): string {
  const parts = partsOf(draft, sender).map((part) => {
    if (typeof part === 'string') return part
    if ('quote' in part)
      return part.quote
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')
    if ('facts' in part) return part.facts.map(([name, value]) => `${name}: ${oneLine(value)}`).join('\n')
    return `${'button' in part ? part.button : part.link}:\n${part.href}`
  })
  const stop = sender.unsubscribe === undefined ? '' : `\n\n${stopWords()}:\n${sender.unsubscribe}`
  return `${[...parts, `-- \n${foot}\n${sender.url}`].join('\n\n')}${stop}\n`
}

const stopWords = () => t('letters.stop', 'No more letters of this kind')

const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ')
