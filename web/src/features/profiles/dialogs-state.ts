import type { Account } from '@hamlet/contract/account'
import { signal } from '@preact/signals'

type Wanted = { kind: 'languages'; account: Account } | { kind: 'server'; account: Account; host: string }

/** What is asked about somebody; undefined while nothing is. */
export const dialogOf = signal<Wanted | undefined>(undefined)
