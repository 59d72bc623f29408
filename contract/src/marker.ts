import { Type } from 'typebox'

const Marker = Type.Object({ last_read_id: Type.String(), version: Type.Integer(), updated_at: Type.String() })

/** Ours alone: the post at which home was left last, on any device, or 0 at its top. `home` says how far it was ever read. */
export const HOME_PLACE = 'hamlet_home_place'

export const Markers = Type.Object(
  { home: Type.Optional(Marker), notifications: Type.Optional(Marker), [HOME_PLACE]: Type.Optional(Marker) },
  { $id: 'Markers' },
)
