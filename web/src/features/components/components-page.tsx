import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Html } from '../../ui/html.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar, Empty, Icon } from '../../ui/parts.tsx'
import { People } from '../../ui/people.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago, FullTime } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { colours, html, people, words } from './samples.ts'

type Part = keyof typeof words.names
const ICONS = ['reply', 'boost', 'favourite', 'bookmark', 'share', 'more'] as const
const AVATARS = [96, 48, 44, 36, 32, 24]
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000).toISOString()

/** Each part of the interface on a page of its own, and all of them on one (picture 18): for those who build screens. */
export function ComponentsPage({ part }: { part?: string }) {
  const chosen = parts.filter(([name]) => part === undefined || name === part)
  return (
    <>
      <ColumnHead title={t('components.title', 'Parts of the interface')} back />
      <div class="sheet column-sheet parts">
        <p class="meta">{words.lead}</p>
        <nav class="chips" aria-label={words.all}>
          <a class={part === undefined ? 'chip chip-on' : 'chip'} href="/components">
            {words.all}
          </a>
          {parts.map(([name]) => (
            <a class={name === part ? 'chip chip-on' : 'chip'} key={name} href={`/components/${name}`}>
              {words.names[name]}
            </a>
          ))}
        </nav>
        {chosen.map(([name, draw]) => (
          <section key={name} aria-labelledby={`part-${name}`}>
            <h2 id={`part-${name}`}>{words.names[name]}</h2>
            <div class="part">{draw()}</div>
          </section>
        ))}
      </div>
    </>
  )
}

/** In the order of picture 18; the pages and the links to them are made of this list. */
const parts: [Part, () => ComponentChildren][] = [
  ['buttons', Buttons],
  ['icons', Icons],
  ['fields', Fields],
  ['choices', () => <Choosing />],
  ['chips', Chips],
  ['avatars', Faces],
  ['tabs', () => <SomeTabs />],
  ['menu', SomeMenu],
  ['dialog', () => <SomeDialog />],
  ['toast', SomeToast],
  [
    'text',
    () => (
      <div class="prose">
        <Html html={html} />
      </div>
    ),
  ],
  ['time', Times],
  ['states', States],
  ['colours', Colours],
]

function Buttons() {
  const kinds = [
    ['primary', words.primary],
    ['outline', words.outline],
    ['soft', words.soft],
    ['danger', words.danger],
  ]
  return (
    <>
      <p class="part-row">
        {kinds.map(([kind, name]) => (
          <button class={`button button-${kind}`} type="button" key={kind}>
            {name}
          </button>
        ))}
        <button class="link-button" type="button">
          {words.link}
        </button>
      </p>
      <p class="part-row">
        <button class="button button-primary" type="button" aria-busy="true">
          {words.busy}
        </button>
        <button class="button button-outline" type="button" aria-pressed="true">
          {words.outline}
        </button>
      </p>
      <p class="part-row">
        <button class="button button-primary button-small" type="button">
          {words.small}
        </button>
        <button class="button button-primary" type="button">
          {words.medium}
        </button>
        <button class="button button-primary button-large" type="button">
          {words.large}
        </button>
      </p>
    </>
  )
}

function Icons() {
  return (
    <p class="part-row">
      {ICONS.map((name) => (
        <button class="icon-button" type="button" key={name} aria-label={name} title={name}>
          <Icon name={name} />
        </button>
      ))}
    </p>
  )
}

function Fields() {
  return (
    <>
      <div class="field">
        <div class="field-head">
          <label for="part-query">{words.find}</label>
        </div>
        <span class="input">
          <input id="part-query" aria-describedby="part-help" />
        </span>
        <p class="field-help" id="part-help">
          {words.help}
        </p>
      </div>
      <div class="field">
        <div class="field-head">
          <label for="part-handle">{words.handle}</label>
        </div>
        <span class="input">
          <input id="part-handle" aria-invalid="true" aria-describedby="part-fault" />
        </span>
        <p class="field-fault" id="part-fault">
          <Icon name="fault" small />
          {words.missing}
        </p>
      </div>
      <div class="field">
        <div class="field-head">
          <label for="part-note">{words.note}</label>
        </div>
        <textarea id="part-note" rows={2} dir="auto" />
      </div>
    </>
  )
}

function Choosing() {
  const [isOn, setOn] = useState(true)
  return (
    <>
      <label class="check">
        <input type="checkbox" />
        <span>{words.agree}</span>
      </label>
      <p class="part-row">
        <label>
          <input type="radio" name="sample" checked /> {words.one}
        </label>
        <label>
          <input type="radio" name="sample" /> {words.another}
        </label>
      </p>
      <label class="part-row">
        <input
          class="switch"
          type="checkbox"
          role="switch"
          aria-checked={isOn}
          checked={isOn}
          onChange={() => setOn(!isOn)}
        />
        {words.onOff}
      </label>
    </>
  )
}

function Chips() {
  return (
    <p class="part-row">
      <button class="chip chip-on" type="button" aria-pressed="true">
        {words.originals}
      </button>
      <button class="chip" type="button" aria-pressed="false">
        {words.replies}
      </button>
      <a class="chip" href="/tags/tidepools">
        {words.tag}
      </a>
      <span class="badge">{words.group}</span>
      <span class="badge badge-author">{words.author}</span>
    </p>
  )
}

function Faces() {
  return (
    <>
      <p class="part-row">
        {AVATARS.map((size) => (
          <Avatar key={size} src="/avatar.svg" size={size} />
        ))}
      </p>
      {people.map((one) => (
        <p key={one.id} class="part-name">
          <strong>
            <Name account={one} />
          </strong>{' '}
          <span class="meta" dir="ltr">
            @{one.acct}
          </span>
        </p>
      ))}
      <p>
        <People accounts={people} total={9} />
      </p>
    </>
  )
}

function SomeTabs() {
  const [tab, setTab] = useState('posts')
  const tabs = [
    ['posts', words.posts],
    ['replies', words.replies],
    ['media', words.media],
  ] as const
  return <Tabs label={words.names.tabs} tabs={tabs} current={tab as 'posts'} choose={setTab} />
}

function SomeMenu() {
  const done = () => toast(words.deleted)
  return (
    <Menu
      label={words.openMenu}
      class="button button-outline"
      align="start"
      items={[
        { label: words.copy, icon: 'link', run: done },
        { label: words.why, icon: 'why', help: words.help, run: done },
        { label: words.report, icon: 'report', isDangerous: true, run: done },
      ]}
    >
      {words.openMenu}
    </Menu>
  )
}

function SomeDialog() {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <button class="button button-outline" type="button" onClick={() => setOpen(true)}>
        {words.openDialog}
      </button>
      {isOpen && (
        <Dialog label={words.blockTitle} onClose={close}>
          <h2>{words.blockTitle}</h2>
          <p class="meta">{words.blockText}</p>
          <p class="part-row part-end">
            <button class="button button-outline" type="button" onClick={close}>
              {words.keep}
            </button>
            <button class="button button-danger" type="button" onClick={close}>
              {words.block}
            </button>
          </p>
        </Dialog>
      )}
    </>
  )
}

function SomeToast() {
  return (
    <button
      class="button button-outline"
      type="button"
      onClick={() => toast(words.deleted, { label: words.undo, run: () => undefined })}
    >
      {words.showToast}
    </button>
  )
}

function Times() {
  return (
    <>
      <p>
        <Ago at={AN_HOUR_AGO} />
      </p>
      <p>
        <FullTime at={AN_HOUR_AGO} />
      </p>
    </>
  )
}

function States() {
  return (
    <>
      <Skeleton rows={1} />
      <Empty title={words.emptyTitle}>{words.emptyText}</Empty>
      <Fault text={words.faultText} retry={() => undefined} />
    </>
  )
}

function Colours() {
  return (
    <ul class="part-colours">
      {colours.map((name) => (
        <li key={name}>
          <span style={{ background: `var(--${name})` }} />
          {name}
        </li>
      ))}
    </ul>
  )
}
