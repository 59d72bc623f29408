import { useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { formats, t } from '../i18n/words.ts'
import { Icon } from './parts.tsx'

export type Point = { at: string; value: number | null }

/** Places of a plot; it is stretched to its room, and its lines keep their width. */
const WIDTH = 288
const HEIGHT = 68

type PlotProps = {
  name: string
  points: readonly Point[]
  kind: 'line' | 'bars'
  /** A value as its reader writes it, for the table. */
  say: (value: number) => string
  /** Days have no hour. */
  isDays?: boolean
  children: ComponentChildren
}

/** A figure with what led to it: as a plot, and by a press as the table it was drawn from. */
export function Plot({ name, points, kind, say, isDays = false, children }: PlotProps) {
  const [isTable, setIsTable] = useState(false)
  return (
    <section class="plot" aria-label={name}>
      <div class="plot-head">
        <h2 class="plot-name">{name}</h2>
        <button
          class="icon-button plot-turn"
          type="button"
          aria-pressed={isTable}
          aria-label={t('ui.asTable', '{name} as a table', { name })}
          title={t('ui.table', 'As a table')}
          onClick={() => setIsTable(!isTable)}
        >
          <Icon name="table" small />
        </button>
      </div>
      <p class="plot-figure">{children}</p>
      {isTable ? (
        <PlotTable name={name} points={points} say={say} isDays={isDays} />
      ) : (
        <>
          {kind === 'line' ? <Line points={points} /> : <Bars points={points} />}
          <PlotEnds points={points} isDays={isDays} />
        </>
      )}
    </section>
  )
}

const most = (points: readonly Point[]) => Math.max(1, ...points.map(({ value }) => value ?? 0))

function Line({ points }: { points: readonly Point[] }) {
  const top = most(points) * 1.1
  const step = WIDTH / Math.max(1, points.length - 1)
  const placed = points.map(({ value }, index) =>
    value === null ? undefined : ([index * step, HEIGHT - (HEIGHT * value) / top] as const),
  )
  return (
    <svg class="plot-drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {runsOf(placed).map((run) => {
        const [first, last] = [run[0] ?? [0, 0], run.at(-1) ?? [0, 0]]
        const path = run.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
        return (
          <>
            <path class="plot-area" d={`${path}L${round(last[0])} ${HEIGHT}L${round(first[0])} ${HEIGHT}Z`} />
            <path class="plot-line" d={path} />
          </>
        )
      })}
    </svg>
  )
}

type Placed = readonly [number, number]

/** What is measured without a gap; a single moment has a little width, so that it is seen. */
function runsOf(placed: readonly (Placed | undefined)[]): Placed[][] {
  const runs: Placed[][] = [[]]
  for (const one of placed) {
    if (one) runs.at(-1)?.push(one)
    else runs.push([])
  }
  return runs
    .filter((run) => run.length > 0)
    .map((run) => (run.length === 1 && run[0] ? [run[0], [run[0][0] + 2, run[0][1]]] : run))
}

const round = (value: number) => Math.round(value * 10) / 10

function Bars({ points }: { points: readonly Point[] }) {
  const top = most(points)
  const step = WIDTH / Math.max(1, points.length)
  return (
    <svg class="plot-drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {points.map(({ at, value }, index) => {
        const height = Math.max(value ? 2 : 0, ((value ?? 0) / top) * HEIGHT)
        const name = index === points.length - 1 ? 'plot-bar plot-bar-now' : 'plot-bar'
        return (
          <rect
            key={at}
            class={name}
            x={index * step + 2}
            y={HEIGHT - height}
            width={step - 4}
            height={height}
            rx="2"
          />
        )
      })}
    </svg>
  )
}

function sayMoment(at: string, isDays: boolean): string {
  const options: Intl.DateTimeFormatOptions = isDays
    ? { day: 'numeric', month: 'short', timeZone: 'UTC' }
    : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }
  return new Intl.DateTimeFormat(formats(), options).format(Date.parse(at))
}

function PlotEnds({ points, isDays }: { points: readonly Point[]; isDays: boolean }) {
  return (
    <p class="plot-ends">
      <span>{points[0] && sayMoment(points[0].at, isDays)}</span>
      <span>{isDays ? t('ui.todayWord', 'today') : t('ui.now', 'now')}</span>
    </p>
  )
}

function PlotTable({ name, points, say, isDays }: Pick<PlotProps, 'name' | 'points' | 'say'> & { isDays: boolean }) {
  return (
    // Whoever has keys alone must be able to scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section class="plot-table" tabIndex={0} aria-label={name}>
      <table>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{t('ui.when', 'When')}</th>
            <th scope="col">{name}</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ at, value }) => (
            <tr key={at}>
              <th scope="row">{sayMoment(at, isDays)}</th>
              <td>{value === null ? '–' : say(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
