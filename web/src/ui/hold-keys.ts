/**
 * While a layer that was asked for is on its way, what is typed is meant for it: nothing on the page behind acts on it.
 * Gives the function that ends that.
 */
export function holdKeys(): () => void {
  const hold = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (isPlain && (event.key.length === 1 || event.key === 'Enter')) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
  }
  addEventListener('keydown', hold, { capture: true })
  return () => removeEventListener('keydown', hold, { capture: true })
}
