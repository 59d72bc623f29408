import { signal } from '@preact/signals'

/** Whether this person is here for the first time, and may be shown around. */
export const isNewcomer = signal(false)
