import { Ajv, type ErrorObject } from 'ajv'

/** What Fastify asks of a validator: an answer, and what was wrong at the last one. */
type Validator = { (value: unknown): boolean; errors?: ErrorObject[] | null }

/**
 * Makes the validators of requests when the first request of their kind comes: to make all of them takes a second
 * of a start, and few are ever asked.
 */
export function lazyValidators(): (of: { schema: object }) => Validator {
  const ajv = new Ajv({
    coerceTypes: 'array',
    useDefaults: true,
    removeAdditional: false,
    strict: false,
    addUsedSchema: false,
    // To collect all faults would let a hostile body buy work.
    allErrors: false,
  })
  return ({ schema }) => {
    let check: ReturnType<typeof ajv.compile> | undefined
    const validator: Validator = (value) => {
      check ??= ajv.compile(schema)
      const fits = check(value) === true
      validator.errors = check.errors ?? null
      return fits
    }
    return validator
  }
}
