import { Type } from 'typebox'

const Marker = Type.Object({ last_read_id: Type.String(), version: Type.Integer(), updated_at: Type.String() })

export const Markers = Type.Object(
  { home: Type.Optional(Marker), notifications: Type.Optional(Marker) },
  { $id: 'Markers' },
)
