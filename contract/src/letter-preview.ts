import { Type, type Static } from 'typebox'

/** Every kind of letter, with what the team adds to each. */
export const LetterBox = Type.Object({
  /** Under all of them. */
  signature: Type.String(),
  letters: Type.Array(Type.Object({ kind: Type.String(), text: Type.String() })),
  /** False where no mail server is set, and letters are written to the data folder. */
  has_server: Type.Boolean(),
  from: Type.String(),
})
export type LetterBox = Static<typeof LetterBox>

export const LetterPreview = Type.Object({
  kind: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  language: Type.String(),
})
export type LetterPreview = Static<typeof LetterPreview>

/** What came of a letter that was sent to try it. */
export const LetterTest = Type.Object({
  outcome: Type.Union([Type.Literal('sent'), Type.Literal('written'), Type.Literal('failed')]),
  to: Type.String(),
  problem: Type.Union([Type.String(), Type.Null()]),
})
export type LetterTest = Static<typeof LetterTest>
