/** The subject of a thread has its counts in words; on a phone, where room is less, at its icons: once. */
export const isCountedAtIcons = (): boolean => matchMedia('(width < 700px)').matches
