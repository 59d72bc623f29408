declare module 'virtual:messages' {
  import type { Messages } from '@lingui/core'
  /** The catalogues of every language beside the source, compiled; each is a file of its own. */
  export const catalogues: Record<string, () => Promise<{ messages: Messages }>>
}
