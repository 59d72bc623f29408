/** Placeholder until the embedded database floor stands: the run needs no shared services yet. */
export async function setup(): Promise<void> {}
