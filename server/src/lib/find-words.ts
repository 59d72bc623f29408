import { foldCase, isWordAt, isWordBefore, normaliseText } from './fold-text.ts'

/** One keyword, and the number of the filter that it belongs to. */
export type Word = { keyword: string; wholeWord: boolean; filter: number }

type Needle = { folded: string; filter: number; boundsStart: boolean; boundsEnd: boolean }

/** A step in the tree of all keywords: what they share from here, which end after it, and how the others go on. */
type Node = { label: string; ends: Needle[]; next: Map<number, Node> }

export type Words = { root: Node | undefined }

/**
 * All keywords in one tree, so that a text is read once however many there are: each place of it is followed as far as
 * some keyword goes. Keywords are text; no character of them means anything else.
 */
export function compileWords(words: readonly Word[]): Words {
  const needles = words.map(makeNeedle).filter((needle) => needle.folded !== '')
  needles.sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0))
  return { root: needles.length > 0 ? growNode(needles, 0) : undefined }
}

/** A bound is asked for only beside a word character, so that `:)` can be a whole word (mastodon-features, Filters). */
function makeNeedle({ keyword, wholeWord, filter }: Word): Needle {
  const text = normaliseText(keyword).trim()
  return {
    folded: foldCase(text),
    filter,
    boundsStart: wholeWord && isWordAt(text, 0),
    boundsEnd: wholeWord && isWordBefore(text, text.length),
  }
}

/** The node of sorted needles that agree before `from`; what the first and the last share is shared by all. */
function growNode(needles: readonly Needle[], from: number): Node {
  const first = needles[0]?.folded ?? ''
  const last = needles.at(-1)?.folded ?? ''
  let to = from
  while (to < first.length && first[to] === last[to]) to += 1
  const longer = needles.filter((needle) => needle.folded.length > to)
  const groups = Map.groupBy(longer, (needle) => needle.folded.charCodeAt(to))
  return {
    label: first.slice(from, to),
    ends: needles.filter((needle) => needle.folded.length === to),
    next: new Map([...groups].map(([unit, group]) => [unit, growNode(group, to)])),
  }
}

/** Notes for each filter the first of its words that stands in a text, as it is written there. */
export function findWords({ root }: Words, given: string, found: Map<number, string>): void {
  if (!root || given === '') return
  const text = normaliseText(given)
  const folded = foldCase(text)
  for (let start = 0; start < folded.length; start += 1) {
    let node: Node | undefined = root
    let at = start
    while (node && folded.startsWith(node.label, at)) {
      at += node.label.length
      for (const needle of node.ends) {
        if (!found.has(needle.filter) && isBounded(needle, folded, start, at))
          found.set(needle.filter, text.slice(start, at))
      }
      node = node.next.get(folded.charCodeAt(at))
    }
  }
}

function isBounded(needle: Needle, text: string, start: number, end: number): boolean {
  return !(needle.boundsStart && isWordBefore(text, start)) && !(needle.boundsEnd && isWordAt(text, end))
}
