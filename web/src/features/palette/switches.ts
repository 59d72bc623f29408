import { reading } from '../../app/reading.ts'
import { me } from '../../app/session.ts'
import { saveAccount, saveSettings } from '../settings/save.ts'

type Switch = { isOn: () => boolean; choose: (isOn: boolean) => unknown }

function ofAccount(name: 'locked' | 'discoverable' | 'indexable' | 'hide_collections'): Switch {
  const isOn = () => me.value[name] === true
  return { isOn, choose: (next) => saveAccount({ [name]: next }, { [name]: !next }) }
}

/** Settings that are on or off, by their id in the tree: they are thrown in the palette itself. A test knows of each. */
export const switches: Record<string, Switch> = {
  locked: ofAccount('locked'),
  discoverable: ofAccount('discoverable'),
  indexable: ofAccount('indexable'),
  'hide-collections': ofAccount('hide_collections'),
  sensitive: {
    isOn: () => me.value.source.sensitive,
    choose: (sensitive) => saveAccount({ source: { sensitive } }, { source: { sensitive: !sensitive } }),
  },
  'expand-warnings': {
    isOn: () => reading.value.expandWarnings,
    choose: (expandWarnings) => saveSettings({ expandWarnings }),
  },
  'single-keys': {
    isOn: () => reading.value.singleKeys,
    choose: (singleKeys) => saveSettings({ singleKeys }),
  },
}
