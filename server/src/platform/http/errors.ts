import { Refusal, type RefusalReason } from '#lib/refusal'

const STATUS: Record<RefusalReason, number> = {
  notFound: 404,
  forbidden: 403,
  unauthorized: 401,
  invalid: 422,
  badRequest: 400,
  conflict: 409,
  gone: 410,
  tooMany: 429,
  tooLarge: 413,
  unavailable: 503,
}

export type ErrorAnswer = {
  status: number
  body: { error: string } & Record<string, unknown>
  isBug: boolean
  /** Seconds after which it is worth another try. */
  retryAfter?: number | undefined
}

type FrameworkError = {
  code?: string
  statusCode?: number
  message: string
  validation?: { keyword: string; instancePath: string; message?: string; params: { missingProperty?: string } }[]
  validationContext?: string
}

/** What the HTTP door answers to anything thrown: a Refusal in its own words, bad input by its kind, a bug as 500. */
export function answerError(error: unknown): ErrorAnswer {
  if (error instanceof Refusal) {
    return {
      status: STATUS[error.reason],
      body: { error: error.message, ...error.details },
      // Being busy is an answer; being broken is not.
      isBug: error.reason === 'unavailable' && error.retryAfterSeconds === undefined,
      retryAfter: error.retryAfterSeconds,
    }
  }
  const known = error as FrameworkError
  if (known.validation) return answerInvalid(known)
  const status = known.statusCode
  if (status !== undefined && status >= 400 && status < 500)
    return { status, body: { error: plain(known, status) }, isBug: false }
  return { status: 500, body: { error: 'Something went wrong on our side. It has been noted.' }, isBug: true }
}

/** A missing parameter, or a query value outside its list, is 400; everything else that does not fit is 422 (mastodon-api 1.0). */
function answerInvalid(error: FrameworkError): ErrorAnswer {
  const fault = error.validation?.[0]
  const name = fault?.params.missingProperty ?? fault?.instancePath.split('/').filter(Boolean).join('.') ?? ''
  const isMissing = fault?.keyword === 'required'
  if (error.validationContext === 'params') return { status: 404, body: { error: 'Record not found' }, isBug: false }
  const isBadQuery = error.validationContext === 'querystring' && fault?.keyword === 'enum'
  if (isMissing) return { status: 400, body: { error: `The parameter ${name} is missing` }, isBug: false }
  const text = `${name || 'The body'} ${fault?.message ?? 'is invalid'}`
  return { status: isBadQuery ? 400 : 422, body: { error: `Validation failed: ${text}` }, isBug: false }
}

function plain(error: FrameworkError, status: number): string {
  if (status === 413) return 'The request is too large'
  if (status === 415) return 'This kind of content is not understood here'
  if (status === 400) return 'The request could not be read'
  return error.message
}
