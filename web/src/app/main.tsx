import { render } from 'preact'
import { explain } from '../api/request.ts'
import { Fault } from '../ui/states.tsx'
import { preloadHome } from '../features/timelines/places.ts'
import { speak } from '../i18n/speak.ts'
import { startLook } from './look.ts'
import { startMeter } from './meter.ts'
import { match, startRouter } from './router.ts'
import { startWorker } from '../features/install/worker.ts'
import { THREAD } from './screens.tsx'
import { loadSession } from './session.ts'
import { Shell } from './shell.tsx'
import { wantedLanguages } from './tongue.ts'
import { awaitFirstTouch, fetchTouch } from './touched.ts'
import { followSettings } from '../features/settings/save.ts'

/** Takes over the page: its own frame, or a public page that somebody who is signed in opened. */
async function start(): Promise<void> {
  startLook()
  const root = document.querySelector('#app') ?? document.body.appendChild(document.createElement('div'))
  if (location.pathname === '/home') preloadHome()
  if (match(THREAD, location.pathname)) void fetchTouch().catch(() => undefined)
  try {
    await Promise.all([loadSession(), speak(wantedLanguages())])
  } catch (error) {
    render(<Fault text={explain(error)} retry={() => location.reload()} />, root)
    return
  }
  startRouter()
  document.body.replaceChildren(root)
  root.id = 'app'
  root.replaceChildren()
  render(<Shell />, root)
  awaitFirstTouch()
  startMeter()
  startWorker()
  void followSettings()
}

void start()
