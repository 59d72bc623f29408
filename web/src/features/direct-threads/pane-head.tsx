import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { server } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Banner } from '../install/banners.tsx'

type PaneHeadProps = { title: string; children?: ComponentChildren; below?: ComponentChildren }

/** The title of the pane that is open: it takes focus, and on a phone leads back to the list. */
export function PaneHead({ title, children, below }: PaneHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    document.title = `${title} · ${server.value.title}`
    heading.current?.focus({ preventScroll: true })
  }, [title])
  const back = t('direct-threads.back', 'Back to all private mentions')
  return (
    <header class="pane-head">
      <div class="column-title">
        <a class="icon-button pane-back" href="/mentions" aria-label={back} title={back}>
          <Icon name="back" />
        </a>
        <div class="pane-names">
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {title}
          </h1>
          {below}
        </div>
        <Banner />
        {children}
      </div>
    </header>
  )
}
