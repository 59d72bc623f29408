import { t } from '../../i18n/words.ts'

/** More special names first: every one of them says Safari, and Edge says Chrome too. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a browser calls itself, in words a person knows. */
export function readAgent(agent: string): string {
  const find = (list: [RegExp, string][]) => list.find(([mark]) => mark.test(agent))?.[1]
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)]
  if (browser && system) return t('settings.agent', '{browser} on {system}', { browser, system })
  return browser ?? system ?? t('settings.unknownAgent', 'A browser that does not say its name')
}
