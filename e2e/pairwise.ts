/** What may vary, and how: `{ theme: ['light', 'dark'], size: ['desk', 'phone'] }`. */
export type Factors = Record<string, readonly string[]>
export type Row<F extends Factors> = { [K in keyof F]: F[K][number] }

/**
 * Rows in which every value of a factor meets every value of every other at least once. Always the same for the same
 * factors. Each row begins with a pair that nothing has yet, and takes of every other factor the value with the most new
 * pairs.
 */
export function pairwise<const F extends Factors>(factors: F): Row<F>[] {
  const names = Object.keys(factors)
  const open = new Set<string>()
  for (const [a, b] of pairsOf(names))
    for (const x of factors[a] ?? []) for (const y of factors[b] ?? []) open.add(keyOf([a, x], [b, y]))
  const rows: Row<F>[] = []
  for (const first of open) {
    const row = Object.fromEntries(JSON.parse(first) as [string, string][])
    for (const name of names.filter((one) => !(one in row))) {
      const gain = (value: string) =>
        Object.entries(row).filter((other) => open.has(pairKey(names, other, [name, value]))).length
      const values = factors[name] ?? []
      // Among equals the next in turn, so that no value is always the one that fills up.
      const turned = values.map((_, index) => values[(index + rows.length) % values.length] ?? '')
      row[name] = turned.reduce((best, value) => (gain(value) > gain(best) ? value : best))
    }
    for (const [a, b] of pairsOf(names)) open.delete(keyOf([a, row[a] ?? ''], [b, row[b] ?? '']))
    rows.push(row as Row<F>)
  }
  return rows
}

const pairsOf = (names: readonly string[]) =>
  names.flatMap((a, index) => names.slice(index + 1).map((b) => [a, b] as const))

type Choice = readonly [string, string]
const keyOf = (one: Choice, other: Choice) => JSON.stringify([one, other])

function pairKey(names: readonly string[], one: Choice, other: Choice): string {
  return names.indexOf(one[0]) < names.indexOf(other[0]) ? keyOf(one, other) : keyOf(other, one)
}
