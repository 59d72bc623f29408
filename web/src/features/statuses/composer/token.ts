/** What is being typed at the caret: its sign, and where it begins and ends in the text. */
export type Token = { sign: '@' | '#' | ':'; query: string; start: number; end: number }

/** The beginning of a mention, a hashtag or a short code before the caret; undefined when there is none. */
export function findToken(text: string, caret: number): Token | undefined {
  const found = /(?:^|[\s(])([@#:])([\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}_.:-]*)?)$/u.exec(text.slice(0, caret))
  if (!found) return undefined
  const [, sign = '', query = ''] = found
  if (sign === ':' && query.length < 2) return undefined
  return { sign: sign as Token['sign'], query, start: caret - query.length - 1, end: caret }
}

/** The name of one suggestion, by which the text field says which of them is meant. */
export const optionId = (listId: string, index: number) => `${listId}-${index}`
