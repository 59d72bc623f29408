/** What makes a text field one that has a list of choices below it (APG, combobox; see Choices). */
export function comboboxProps(list: string) {
  return {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list,
    autocomplete: 'off',
    autocapitalize: 'none',
    dir: 'auto',
  } as const
}
