import type { Visibility } from '@hamlet/contract/status'
import { addPart, changeWriting, writing } from './model.ts'

const audiences: Record<string, Visibility> = {
  Digit1: 'public',
  Digit2: 'unlisted',
  Digit3: 'private',
  Digit4: 'direct',
}

/** Ctrl+Enter posts, with Shift it adds a post to the thread; Alt and a number choose who it is for. */
export function pressKey(event: KeyboardEvent, submit: () => void): void {
  const isCommand = event.ctrlKey || event.metaKey
  const audience = audiences[event.code]
  if (isCommand && event.key === 'Enter') {
    if (event.shiftKey) addPart()
    else submit()
  } else if (event.altKey && !isCommand && audience && !writing.value?.edit) changeWriting({ visibility: audience })
  else return
  event.preventDefault()
}
