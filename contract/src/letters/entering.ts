/** What was changed about how somebody comes in. */
export type FactorChange =
  | 'codesAppAdded'
  | 'codesAppRemoved'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'recoveryCodes'
  | 'passwordRemoved'
  | 'reset'

/** Letters about coming in. `at` is a moment (ISO 8601), `browser` what the browser says of itself. */
export type EnteringLetters = {
  factorChanged: { change: FactorChange; link: string }
  factorFailed: { ip: string; browser: string; at: string; link: string }
  newPlace: { ip: string; browser: string; at: string; link: string }
}
