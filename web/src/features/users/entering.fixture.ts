import type { PageModel, Site } from '@hamlet/contract/pages'

type Kind = 'openid-join' | 'second-factor' | 'factor-set-up' | 'factor-codes'

const fault = (field: string, name: string) => ({ values: {}, errors: { [field]: { name, text: 'x' } } })

/** The pages between the two factors, in every state that has words of its own. */
export function enteringModels(site: Site): Record<Kind, PageModel[]> {
  const held = { site, key: '1', next: '/', isAdding: false }
  const second = { kind: 'second-factor', ...held } as const
  const offer = { secret: '1', address: '2', qr: { size: 9, path: 'M4 4h1v1h-1z' } }
  const rules = [{ id: '1', text: 'Тише', hint: 'Ночью' }]
  return {
    'openid-join': ['openIdFailed', 'serviceOnly'].map((name) => ({
      kind: 'openid-join',
      site,
      service: '1',
      rules,
      ...fault('form', name),
    })),
    'second-factor': [
      { ...second, isAdding: true, hasTotp: true, passkey: null, values: {}, errors: {} },
      { ...second, hasTotp: false, passkey: '{}', values: {}, errors: {} },
      ...['wrongCode', 'signInOver', 'passkeyFailed'].map((name): PageModel => ({
        ...second,
        hasTotp: true,
        passkey: null,
        ...fault('code', name),
      })),
    ],
    'factor-set-up': [{ kind: 'factor-set-up', ...held, offer, ...fault('code', 'wrongCode') }],
    'factor-codes': [{ kind: 'factor-codes', ...held, codes: ['1-2', '3-4'] }],
  }
}
