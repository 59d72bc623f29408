import { floors, keepsFloor } from './floors.ts'
import { limitNames, type Limits } from './machine.ts'

/** One measured number. `limit` names what of the machine bounds it from above, measured in the same run. */
export type Figure = {
  /** `scenario.what`: what floors are kept under. */
  id: string
  what: string
  value: number
  unit: string
  limit?: keyof Limits
}

export function renderFigures(figures: readonly Figure[], limits: Limits): string {
  const rows = figures.map((figure) => {
    const limit = figure.limit && limits[figure.limit]
    return [
      figure.what,
      `${show(figure.value)} ${figure.unit}`,
      figure.limit && limit ? `${limitNames[figure.limit]}: ${show(limit)}/s` : '',
      limit ? `${((figure.value / limit) * 100).toPrecision(2)} %` : '',
      renderFloor(figure),
    ]
  })
  const head = ['figure', 'measured', 'limit of the machine', 'ratio', 'floor']
  return [head, head.map((_, index) => (index === 0 || index === 2 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** The figures that break their floor, as lines for people. */
export function findBroken(figures: readonly Figure[]): string[] {
  return figures
    .filter(({ id, value }) => keepsFloor(id, value) === false)
    .map((figure) => `${figure.what}: ${show(figure.value)} ${figure.unit}, floor ${renderFloor(figure)}`)
}

function renderFloor({ id, unit }: Figure): string {
  const floor = floors[id]
  if (!floor) return ''
  const bound = floor.atLeast === undefined ? `≤ ${floor.atMost}` : `≥ ${floor.atLeast}`
  return `${bound} ${unit} (${floor.row})`
}

/** Three digits say all that a shared machine can promise. */
export function show(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en')
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
