/**
 * What a restored server must not send: it was waiting when the backup was made, and the server that made it most likely
 * sent it afterwards. Posts of other servers, mails, pushes and calls of other programs cannot be taken back.
 */
export const OUTGOING: readonly string[] = [
  `update deliveries set state = 'dead', finished_at = clock_timestamp(), leased_until = null,
    last_error = 'set aside by a restore: it was waiting when the backup was made' where state = 'waiting'`,
  `delete from jobs where failed_at is null and kind ~ '\\.(deliver|mail|push|send|post|call|letter)(-|$)'`,
]
