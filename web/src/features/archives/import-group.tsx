import type { Import, ImportKind } from '@hamlet/contract/archives'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Group } from '../settings/rows.tsx'
import { FileChooser, useBrought } from './brought.tsx'
import { ImportPreview } from './import-preview.tsx'
import { ImportRow } from './import-row.tsx'
import { kindWords } from './kinds.ts'

const PATH = '/api/hamlet/v1/imports'
const LOOK_EVERY_MS = 2_000

/** Files that somebody brings: chosen, looked at, brought, and how far each is. */
export function ImportGroup() {
  const { rows, setRows, fault, load } = useBrought<Import>(PATH, ({ state }) => state === 'running', LOOK_EVERY_MS)
  const [draft, setDraft] = useState<Import>()
  const drop = async (one: Import) => {
    try {
      await request('DELETE', `${PATH}/${one.id}`)
      setDraft(undefined)
      setRows((now) => now?.filter(({ id }) => id !== one.id))
    } catch (error) {
      toast(explain(error))
    }
  }
  const confirm = async (one: Import, mode: Import['mode']) => {
    // In its place at the press, so that nothing moves when the answer comes.
    setDraft(undefined)
    setRows((now) => [{ ...one, mode, state: 'running' }, ...(now ?? [])])
    try {
      const begun = await request<Import>('POST', `${PATH}/${one.id}/confirm`, { body: { mode } })
      setRows((now) => now?.map((row) => (row.id === one.id ? begun : row)))
    } catch (error) {
      setRows((now) => now?.filter(({ id }) => id !== one.id))
      setDraft(one)
      toast(explain(error))
    }
  }
  return (
    <Group
      id="import"
      title={t('archives.import', 'Bring lists from elsewhere')}
      note={t(
        'archives.importNote',
        'Files as Mastodon, Hamlet and others write them: CSV, or JSON for filters. You see what would become of it first.',
      )}
    >
      {fault && <Fault text={fault} retry={load} />}
      {!rows && !fault && <Skeleton rows={1} />}
      {rows && <Chooser chosen={setDraft} />}
      {draft && <ImportPreview key={draft.id} draft={draft} confirm={confirm} drop={drop} />}
      {rows?.map((one) => (
        <ImportRow key={one.id} one={one} drop={drop} />
      ))}
    </Group>
  )
}

/** What the file holds, and the file. */
function Chooser({ chosen }: { chosen: (draft: Import) => void }) {
  const [kind, setKind] = useState<ImportKind | ''>('')
  return (
    <FileChooser
      path={PATH}
      fields={kind === '' ? {} : { kind }}
      label={t('archives.choose', 'Choose a file')}
      accept=".csv,.json,text/csv,application/json"
      chosen={chosen}
    >
      <KindSelect kind={kind} choose={setKind} />
    </FileChooser>
  )
}

type KindProps = { kind: ImportKind | ''; choose: (kind: ImportKind | '') => void }

function KindSelect({ kind, choose }: KindProps) {
  return (
    <>
      <label for="import-kind">{t('archives.kind', 'What the file holds')}</label>
      <span class="select">
        <select
          id="import-kind"
          value={kind}
          onChange={(event) => choose(event.currentTarget.value as ImportKind | '')}
        >
          <option value="">{t('archives.guess', 'Tell by the file')}</option>
          {kindWords().map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
    </>
  )
}
