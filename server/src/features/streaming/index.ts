/**
 * Purpose: the door for live connections: who listens to what, and telling them. What is told is made by the rooms above.
 * Owns no table. Events: none; it hears what others announce.
 */
import { defineRoom, none } from '#platform/room'

export { announce, announced, endStreams, type Ended } from './announce.ts'
export { openHub, tellPerson, type Heard, type Hub, type Presenter, type Sources } from './hub.ts'
export type { Hearing } from './streams.ts'

export const streaming = defineRoom({
  name: 'streaming',
  erase: none('owns no table'),
  takeout: none('owns no table'),
})
