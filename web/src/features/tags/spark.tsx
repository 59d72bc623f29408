const WIDTH = 58
const HEIGHT = 20
const MARGIN = 3

/** Seven days as a line; the words beside it say the same, so that it is silent to a screen reader. */
export function Spark({ days }: { days: readonly number[] }) {
  const most = Math.max(1, ...days)
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, days.length - 1)
  const points = days.map((uses, index) => {
    const y = HEIGHT - MARGIN - (uses / most) * (HEIGHT - 2 * MARGIN)
    return [(MARGIN + index * step).toFixed(1), y.toFixed(1)] as const
  })
  const [x, y] = points.at(-1) ?? ['0', '0']
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <polyline points={points.map((point) => point.join(',')).join(' ')} />
      <circle cx={x} cy={y} r="2.5" />
    </svg>
  )
}
