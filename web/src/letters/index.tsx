import type { LetterKind, Letters, WriteLetter } from '@hamlet/contract/letters'
import { render } from 'preact-render-to-string'
import { speaking } from '../i18n/speaking.ts'
import { t } from '../i18n/words.ts'
import { archiveLetters } from './archives.ts'
import type { Writers } from './draft.ts'
import { enteringLetters } from './entering.ts'
import { instanceLetters } from './instance.ts'
import { LetterPage, letterText } from './letter.tsx'
import { moderationLetters } from './moderation.ts'
import { ruleLetters } from './rules.ts'
import { trendLetters } from './trends.ts'
import { userLetters } from './users.ts'

/** Every kind of letter; each room has its own file of them. */
const writers: Writers<Letters> = {
  ...userLetters,
  ...enteringLetters,
  ...moderationLetters,
  ...archiveLetters,
  ...ruleLetters,
  ...trendLetters,
  ...instanceLetters,
}

export const letterKinds = Object.keys(writers) as LetterKind[]

/** Writes a letter in the reader's language, as text and as HTML. It runs on the server. */
export const writeLetter: WriteLetter = (language, kind, facts, sender) =>
  speaking([language], (spoken) => {
    const draft = writers[kind](facts, sender)
    const foot =
      draft.foot ?? t('letters.foot', 'You get this because you have an account at {title}.', { title: sender.title })
    return {
      language: spoken,
      subject: draft.subject,
      text: letterText(draft, sender, foot),
      html: `<!doctype html>${render(<LetterPage draft={draft} sender={sender} foot={foot} />)}`,
    }
  })
