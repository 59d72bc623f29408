import type { FunctionComponent } from 'preact'
import { roomsStyle } from '../../app/rooms-style.ts'
import { later } from '../../ui/later.tsx'
import { above, closeAbove } from './palette-state.ts'

type PaletteProps = { statusId: string | undefined }

const Palette = later<PaletteProps>(() => layer(async () => (await import('./palette.tsx')).Palette), { isLayer: true })
const KeysDialog = later<object>(() => layer(async () => (await import('../keyboard/keys-dialog.tsx')).KeysDialog), {
  isLayer: true,
})

/** Stands in the shell; the palette and the list of keys are fetched when they are first wanted. */
export function PaletteDoor() {
  const open = above.value
  if (open?.kind === 'palette') return <Palette statusId={open.statusId} />
  return open ? <KeysDialog /> : null
}

/** Its code and the style of rooms; what could not be loaded is not open, and the page has its keys again. */
async function layer<P>(load: () => Promise<FunctionComponent<P>>): Promise<FunctionComponent<P>> {
  try {
    const [part] = await Promise.all([load(), roomsStyle()])
    return part
  } catch (error) {
    closeAbove()
    throw error
  }
}
