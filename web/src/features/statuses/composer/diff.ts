export type Stretch = { kind: 'same' | 'gone' | 'new'; text: string }

/** What an edit changes, word by word: the longest common sequence of words, spaces kept with them. */
export function diffWords(before: string, after: string): Stretch[] {
  const [old, fresh] = [before.match(/\s*\S+|\s+$/g) ?? [], after.match(/\s*\S+|\s+$/g) ?? []]
  const lengths = commonLengths(old, fresh)
  const found: Stretch[] = []
  const add = (kind: Stretch['kind'], text: string) => {
    const last = found.at(-1)
    if (last?.kind === kind) last.text += text
    else found.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      add('same', old[i] ?? '')
      i += 1
      j += 1
    } else if (j >= fresh.length || (i < old.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      add('gone', old[i] ?? '')
      i += 1
    } else {
      add('new', fresh[j] ?? '')
      j += 1
    }
  }
  return found
}

const at = (lengths: readonly number[][], i: number, j: number) => lengths[i]?.[j] ?? 0

/** How many words are common from here on, for every pair of places. */
function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => Array.from({ length: fresh.length + 1 }, () => 0))
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      lengths[i]![j] =
        old[i] === fresh[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
  return lengths
}
