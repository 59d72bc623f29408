/** What a build writes ahead of the worker (`web/worker.ts`): the files that the app opens with, by their content. */
export type Shell = { version: string; files: string[] }

/** The worker's own world; typed here, since a page's types and a worker's do not go together. */
export const scope = self as unknown as ServiceWorkerGlobalScope & { SHELL: Shell }

export const SHELL_PAGE = '/home'
export const PICTURES = 'hamlet-pictures'
export const CHUNKS = 'hamlet-chunks'
export const shellName = (version: string) => `hamlet-shell-${version}`
