import { ColumnHead } from '../../app/column.tsx'
import { Empty } from '../../ui/parts.tsx'

/** What the team has to decide. */
export function Moderation({ path }: { path: string }) {
  return (
    <>
      <ColumnHead title="Moderation" />
      <div class="sheet">
        <Empty title="Nothing waits">{path}</Empty>
      </div>
    </>
  )
}
