import { later } from '../../ui/later.tsx'
import { roomsStyle } from '../../app/rooms-style.ts'
import { above } from './palette-state.ts'

type PaletteProps = { statusId: string | undefined }

const Palette = later<PaletteProps>(async () => {
  const [module] = await Promise.all([import('./palette.tsx'), roomsStyle()])
  return module.Palette
})
const KeysDialog = later<object>(async () => {
  const [module] = await Promise.all([import('../keyboard/keys-dialog.tsx'), roomsStyle()])
  return module.KeysDialog
})

/** Stands in the shell; the palette and the list of keys are fetched when they are first wanted. */
export function PaletteDoor() {
  const open = above.value
  if (open?.kind === 'palette') return <Palette statusId={open.statusId} />
  return open ? <KeysDialog /> : null
}
