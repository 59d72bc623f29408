create table inbound_activities (
  id bigint generated always as identity primary key,
  actor_uri text not null,
  activity_uri text,
  body bytea not null,
  received_at timestamptz not null,
  unique (actor_uri, activity_uri)
);
create index inbound_activities_age on inbound_activities (received_at);
comment on table inbound_activities is 'federation: inbox · a row per activity that arrived · pruned after 7 days by federation.prune: until then it also tells a repeat';

create table outbound_activities (
  id bigint primary key,
  account_id bigint not null,
  type text not null,
  subject_id bigint,
  body text not null,
  created_at timestamptz not null
);
create index outbound_activities_subject on outbound_activities (subject_id) where subject_id is not null;
create index outbound_activities_account on outbound_activities (account_id);
create index outbound_activities_age on outbound_activities (created_at);
comment on table outbound_activities is 'federation: delivery · a row per activity that was sent · pruned after 30 days by federation.prune';

create table deliveries (
  id bigint generated always as identity primary key,
  activity_id bigint not null references outbound_activities (id) on delete cascade,
  inbox_url text not null,
  host text not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'refused', 'dead')),
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  leased_until timestamptz,
  fence bigint not null default 0,
  last_error text,
  finished_at timestamptz,
  unique (activity_id, inbox_url)
);
create index deliveries_due on deliveries (next_at, id) where state = 'waiting';
create index deliveries_host on deliveries (host, id) where state = 'waiting';
comment on table deliveries is 'federation: delivery · a row per activity and inbox · goes with its activity';

create table delivery_hosts (
  host text primary key,
  failures integer not null default 0,
  retry_at timestamptz,
  last_success_at timestamptz
);
comment on table delivery_hosts is 'federation: delivery · a row per server that ever failed or took something · pruned by nobody';

create table key_fetches (
  key_id text primary key,
  tried_at timestamptz not null
);
comment on table key_fetches is 'federation: inbox · a row per key that was looked up · pruned after 1 day by federation.prune';
