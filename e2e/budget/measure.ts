/** One line of the table of web-spec 13. Numbers are in the unit that is named. */
export type Measure = { name: string; unit: string; value: number; gate: number; target: number; note?: string }

export function isBroken({ value, gate }: Measure): boolean {
  return !(value <= gate)
}

const written = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Math.round(value * 100) / 100)

/** The table as Markdown. */
export function renderTable(measures: readonly Measure[]): string {
  const rows = measures.map(({ name, unit, value, gate, target, note }) => {
    const state = value <= target ? 'target' : value <= gate ? 'gate' : '**over**'
    return `| ${name}${note ? ` (${note})` : ''} | ${written(value)} ${unit} | ${written(gate)} | ${written(target)} | ${state} |`
  })
  return ['| Measure | ours | gate | target | holds |', '| --- | ---: | ---: | ---: | --- |', ...rows].join('\n')
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
