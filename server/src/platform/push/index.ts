/** Web push as a protocol (RFC 8030, 8188, 8291, 8292): encrypts for one browser or app, and hands over to its push service. */
export { readPushKeys, type PushKeys } from './keys.ts'
export { sendPush, type PushMessage, type PushOutcome, type PushTarget } from './send.ts'
