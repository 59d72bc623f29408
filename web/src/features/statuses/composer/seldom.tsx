import { later } from '../../../ui/later.tsx'

/** What most posts are written without: each is loaded when it is asked for. */
export const DraftsDialog = later(async () => (await import('./drafts-dialog.tsx')).DraftsDialog)
export const FocalPoint = later(async () => (await import('./focal-point.tsx')).FocalPoint)
export const EditNotes = later(async () => (await import('./edit-notes.tsx')).EditNotes)
export const Conflict = later(async () => (await import('./conflict.tsx')).Conflict)
export const PictureRow = later(async () => (await import('./picture.tsx')).PictureRow)
export const SuggestionList = later(async () => (await import('./suggestion-list.tsx')).SuggestionList)
export const Warning = later(async () => (await import('./warning.tsx')).Warning)
export const PollEditor = later(async () => (await import('../../polls/poll-editor.tsx')).PollEditor)
export const QuoteOffer = later(async () => (await import('../quote/offer.tsx')).QuoteOffer)
export const QuotingCard = later(async () => (await import('../quote/quoting.tsx')).QuotingCard)
export const EmojiButton = later(async () => (await import('../../emojis/emoji-button.tsx')).EmojiButton)
