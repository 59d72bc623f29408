import { Type, type Static } from 'typebox'

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])

/** mastodon-api, Admin entities: Measure. Numbers are text, as there. */
export const AdminMeasure = Type.Object({
  key: Type.String(),
  unit: Nullable(Type.String()),
  total: Type.String(),
  human_value: Type.Optional(Type.String()),
  previous_total: Type.Optional(Type.String()),
  data: Type.Array(Type.Object({ date: Type.String(), value: Type.String() })),
})
export type AdminMeasure = Static<typeof AdminMeasure>

/** mastodon-api, Admin entities: Dimension. */
export const AdminDimension = Type.Object({
  key: Type.String(),
  data: Type.Array(
    Type.Object({
      key: Type.String(),
      human_key: Type.String(),
      value: Type.String(),
      unit: Type.Optional(Type.String()),
      human_value: Type.Optional(Type.String()),
    }),
  ),
})
export type AdminDimension = Static<typeof AdminDimension>

/** mastodon-api, Admin entities: Cohort. */
export const AdminCohort = Type.Object({
  period: Type.String(),
  frequency: Type.String(),
  data: Type.Array(Type.Object({ date: Type.String(), rate: Type.Number(), value: Type.String() })),
})
export type AdminCohort = Static<typeof AdminCohort>

/** A line over time: each point with its moment; null where nothing was measured. */
const Points = Type.Array(Type.Object({ at: Type.String(), value: Nullable(Type.Number()) }))

/** A server that does not take what we send, or took long. */
export const SlowServer = Type.Object({
  host: Type.String(),
  waiting: Type.Integer(),
  failures: Type.Integer(),
  last_success_at: Nullable(Type.String()),
  /** Null where nothing keeps the next try. */
  retry_at: Nullable(Type.String()),
  last_error: Nullable(Type.String()),
})
export type SlowServer = Static<typeof SlowServer>

/** What needs a look, by name; the page has words for each. */
export const AdminConcern = Type.Object({ name: Type.String(), count: Type.Optional(Type.Number()) })
export type AdminConcern = Static<typeof AdminConcern>

/** How this server is, for those who run it (picture 14). */
export const AdminOverview = Type.Object({
  range: Type.String(),
  concerns: Type.Array(AdminConcern),
  deliveries: Type.Object({
    total: Type.Integer(),
    /** Of those that ended; null where none did. */
    percent: Nullable(Type.Number()),
    points: Points,
  }),
  people: Type.Object({ today: Type.Integer(), of: Type.Integer(), days: Points }),
  answers: Type.Object({ p95_ms: Nullable(Type.Number()), points: Points }),
  queue: Type.Object({
    waiting: Type.Integer(),
    oldest_seconds: Type.Integer(),
    peak: Nullable(Type.Object({ at: Type.String(), value: Type.Number() })),
    points: Points,
  }),
  reports: Type.Object({ open: Type.Integer(), median_seconds: Nullable(Type.Number()), days: Points }),
  storage: Type.Object({
    disk_bytes: Nullable(Type.Number()),
    free_bytes: Nullable(Type.Number()),
    own_media_bytes: Type.Number(),
    remote_media_bytes: Type.Number(),
    database_bytes: Type.Number(),
    /** When the disk is full if it goes on like this; null where it does not fill, or nobody can say yet. */
    full_at: Nullable(Type.String()),
  }),
  servers: Type.Object({ known: Type.Integer(), slow: Type.Array(SlowServer) }),
  database_version: Type.String(),
  has_mail: Type.Boolean(),
})
export type AdminOverview = Static<typeof AdminOverview>

/** How much of what is kept, and where it came from. */
export const AdminDelivery = Type.Object({
  due: Type.Integer(),
  later: Type.Integer(),
  servers: Type.Array(SlowServer),
  jobs: Type.Array(
    Type.Object({
      kind: Type.String(),
      open: Type.Integer(),
      failed: Type.Integer(),
      last_error: Nullable(Type.String()),
    }),
  ),
})
export type AdminDelivery = Static<typeof AdminDelivery>
