import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Banner } from '../features/install/banners.tsx'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/parts.tsx'
import { place, savedScroll } from './router.ts'
import { server } from './session.ts'

type HeadProps = {
  title: string
  back?: boolean
  /** The same words stand large below: seen are these only once those have left. */
  isFaded?: boolean
  children?: ComponentChildren
  tabs?: ComponentChildren
}

/** The title row of a screen. It takes focus when the screen comes, so that a screen reader says where one is. */
export function ColumnHead({ title, back = false, isFaded = false, children, tabs }: HeadProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${server.value.title}`
  }, [title])
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
    scrollTo(0, savedScroll())
  }, [place.value.key])
  return (
    <header class="column-head">
      <div class="column-title">
        {back && (
          <button
            class="icon-button"
            type="button"
            aria-label={t('app.back', 'Back')}
            title={t('app.back', 'Back')}
            onClick={() => history.back()}
          >
            <Icon name="back" />
          </button>
        )}
        <h1 ref={heading} tabIndex={-1} dir="auto" class={isFaded ? 'title-faded' : 'title-shown'}>
          {title}
        </h1>
        <Banner />
        {children}
      </div>
      {tabs}
    </header>
  )
}

type TabsProps<T extends string> = {
  label: string
  tabs: readonly (readonly [T, ComponentChildren])[]
  current: T
  choose: (tab: T) => void
}

export function Tabs<T extends string>({ label, tabs, current, choose }: TabsProps<T>) {
  return (
    <div class="tabs" role="tablist" aria-label={label}>
      {tabs.map(([value, name]) => (
        <button
          key={value}
          type="button"
          role="tab"
          aria-selected={value === current}
          tabIndex={value === current ? 0 : -1}
          onClick={() => choose(value)}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
            if (step === 0) return
            const at = (tabs.findIndex(([one]) => one === current) + step + tabs.length) % tabs.length
            const next = tabs[at]
            if (next) choose(next[0])
            event.currentTarget.parentElement?.querySelectorAll('button').item(at).focus()
          }}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
