/** What this server keeps to itself: made at first use, in files that only its own user can read. */
export { keepSecret } from './keep-secret.ts'
export { keepVapidKeys, type VapidKeys } from './vapid.ts'
export { keepSeal, type Seal } from './seal.ts'
