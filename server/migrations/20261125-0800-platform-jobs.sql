create table jobs (
  id bigint generated always as identity primary key,
  kind text not null,
  class text not null default 'default',
  payload jsonb not null,
  ordering_key text,
  run_at timestamptz not null default now(),
  attempts integer not null default 0,
  max_attempts integer not null default 10,
  leased_until timestamptz,
  fence bigint not null default 0,
  last_error text,
  failed_at timestamptz,
  created_at timestamptz not null default now()
);
create index jobs_due on jobs (class, run_at, id) where failed_at is null;
create index jobs_ordering on jobs (ordering_key, id) where ordering_key is not null and failed_at is null;
comment on table jobs is 'platform: jobs · grows with activity · finished rows are deleted at once; failed ones are pruned after 30 days by platform.prune-jobs';

create table schedules (
  name text primary key,
  next_at timestamptz not null
);
comment on table schedules is 'platform: jobs · a row per kind of regular work · pruned by nobody';

create table idempotency_keys (
  account_id bigint not null,
  key text not null,
  result_id bigint not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
comment on table idempotency_keys is 'room: statuses · grows with posts · pruned after 1 hour by statuses.prune-idempotency';
