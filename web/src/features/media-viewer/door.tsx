import { takeLayer } from '../../app/router.ts'
import { roomsStyle } from '../../app/rooms-style.ts'
import { later } from '../../ui/later.tsx'
import { viewed } from './state.ts'

const Viewer = later(
  async () => {
    try {
      const [module] = await Promise.all([import('./viewer.tsx'), roomsStyle()])
      return module.Viewer
    } catch (error) {
      // Pressed again, it is asked for again.
      if (viewed.value) takeLayer(viewed.value.path)
      throw error
    }
  },
  { isLayer: true },
)

/** Stands in the shell; the viewer itself is fetched when the first picture is opened. */
export function MediaViewer() {
  const now = viewed.value
  return now ? <Viewer key={now.id} now={now} /> : null
}
