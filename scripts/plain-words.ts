import { parseSync } from 'oxc-parser'

type Node = { type: string; start: number; [key: string]: unknown }

/** Attributes that people read or hear: those of HTML, and those that our own components show. */
const ATTRIBUTES =
  /^(?:aria-(?:label|description|placeholder|roledescription|valuetext)|title|placeholder|alt|label|help|text)$/
/** Names are the same in every language. */
const NAMES = /^(?:Hamlet|API)$/
/** What is typed as it stands: commands, variables, keys. */
const VERBATIM = /^(?:code|kbd|samp)$/
const LETTER = /\p{L}/u

/** Words that a TSX file shows without the message functions, as `file:line: words`. */
export function findPlainWords(file: string, text: string): string[] {
  const found: string[] = []
  const note = (node: Node, words: string) => {
    if (!LETTER.test(words) || NAMES.test(words.trim())) return
    found.push(`${file}:${text.slice(0, node.start).split('\n').length}: ${words.trim()}`)
  }
  /** What an expression may come to, as far as it stands there. */
  const noteValue = (node: Node): void => {
    if (node.type === 'Literal' && typeof node.value === 'string') note(node, node.value)
    if (node.type === 'TemplateLiteral')
      for (const part of node.quasis as (Node & { value: { raw: string } })[]) note(part, part.value.raw)
    const isSum = node.type === 'BinaryExpression' && node.operator === '+'
    if (!isSum && !/^(?:JSXExpressionContainer|ConditionalExpression|LogicalExpression)$/.test(node.type)) return
    for (const side of ['expression', 'consequent', 'alternate', 'left', 'right'])
      if (isNode(node[side])) noteValue(node[side])
  }
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (!isNode(node)) return
    if (node.type === 'JSXElement' && VERBATIM.test(nameOf((node.openingElement as Node).name))) return
    if (node.type === 'JSXText') note(node, node.value as string)
    if (node.type === 'JSXAttribute' && ATTRIBUTES.test(nameOf(node.name)) && isNode(node.value)) noteValue(node.value)
    if (node.type === 'JSXElement' || node.type === 'JSXFragment')
      for (const child of node.children as Node[]) if (child.type === 'JSXExpressionContainer') noteValue(child)
    Object.values(node).forEach(walk)
  }
  walk(parseSync(file, text).program)
  return found
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
const nameOf = (node: unknown): string => (isNode(node) && typeof node.name === 'string' ? node.name : '')
