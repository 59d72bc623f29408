import '../../../styles/diff.css'
import { diffWords } from './diff.ts'

/** What was struck and what was added, in the words around it. */
export function Diff({ before, after }: { before: string; after: string }) {
  return (
    <>
      {diffWords(before, after).map((stretch, index) =>
        stretch.kind === 'gone' ? (
          <del key={index}>{stretch.text}</del>
        ) : stretch.kind === 'new' ? (
          <ins key={index}>{stretch.text}</ins>
        ) : (
          stretch.text
        ),
      )}
    </>
  )
}
