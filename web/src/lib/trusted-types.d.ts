/** Trusted Types (W3C), as far as we use them; not yet in the compiler's own list. */
interface Window {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: (url: string) => string },
    ): {
      createScriptURL(url: string): unknown
    }
  }
}
