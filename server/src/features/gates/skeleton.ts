const LOOK_ALIKES: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', l: 'i' }

/**
 * A name as gates compare it: `Adm1n_`, `adm1n` and `admln` are all `admin` to a reader in a hurry. A 1 may stand for
 * i or l, and a capital I looks like an l, so the three are one letter.
 */
export function skeletonOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('_', '')
    .replaceAll(/[013457l]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
}
