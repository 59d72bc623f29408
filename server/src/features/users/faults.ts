import { Refusal } from '#lib/refusal'

/** Something wrong with a form, as a page says it: by a name, in its reader's language (`contract/src/pages.ts`, Fault). */
export type FormFault = { name: string; text: string; count?: number }

type Detail = { error: string; description: string }

/** What apps are told by a code, by the names that pages have words for. */
const names: Record<string, string> = {
  ERR_ACCEPTED: 'notAccepted',
  ERR_BLANK: 'blank',
  ERR_TAKEN: 'taken',
  ERR_RESERVED: 'reserved',
  ERR_BLOCKED: 'blocked',
  ERR_TOO_SHORT: 'tooShort',
  ERR_TOO_LONG: 'tooLong',
  ERR_BELOW_LIMIT: 'tooYoung',
}
/** A value that does not do is told apart by its field. */
const invalid: Record<string, string> = {
  username: 'notName',
  email: 'notEmail',
  password: 'guessable',
  date_of_birth: 'notDate',
  code: 'wrongCode',
}

/** All of a form, by what was refused. */
export function readFault(refusal: Refusal): FormFault {
  return { name: refusal.fault ?? '', text: refusal.message.replace(/^Validation failed: /, '') }
}

/** Which field of a form, and what is wrong with it; `form` is all of it. What is no fault of the form is thrown on. */
export function readFieldErrors(error: unknown): Record<string, FormFault> {
  if (!(error instanceof Refusal) || error.reason === 'tooMany' || error.reason === 'unavailable') throw error
  const details = error.details['details'] as Record<string, Detail[]> | undefined
  if (!details) return { form: readFault(error) }
  return Object.fromEntries(
    Object.entries(details).map(([field, [detail]]) => [field, faultOf(field, detail, error.fault)]),
  )
}

function faultOf(field: string, detail: Detail | undefined, fault: string | undefined): FormFault {
  const text = detail?.description ?? ''
  const name = fault ?? names[detail?.error ?? ''] ?? invalid[field] ?? ''
  const count = /\d+/.exec(text)?.[0]
  return { name, text, ...(count === undefined ? {} : { count: Number(count) }) }
}
