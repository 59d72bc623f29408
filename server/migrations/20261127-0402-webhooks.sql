create table webhooks (
  id bigint primary key,
  url text not null,
  events text[] not null,
  secret text not null,
  template text,
  is_enabled boolean not null default true,
  problem text,
  created_at timestamptz not null,
  rotated_at timestamptz not null
);
create unique index webhooks_url on webhooks (url);
comment on table webhooks is 'room: webhooks · a row per address that the team has told of events, twenty at most · kept until the team deletes it';
comment on column webhooks.secret is 'sealed; signs what is sent';
comment on column webhooks.problem is 'why it was switched off by itself';
create table webhook_deliveries (
  id bigint primary key,
  webhook_id bigint not null references webhooks (id) on delete cascade,
  event text not null,
  key text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'dropped')),
  attempts integer not null default 0,
  status integer,
  problem text,
  created_at timestamptz not null,
  tried_at timestamptz
);
create unique index webhook_deliveries_key on webhook_deliveries (webhook_id, key);
create index webhook_deliveries_newest on webhook_deliveries (webhook_id, id desc);
create index webhook_deliveries_created on webhook_deliveries (created_at);
comment on table webhook_deliveries is 'room: webhooks · a row per event and webhook: that it was sent, and not what · pruned by the room after 7 days';
comment on column webhook_deliveries.key is 'a digest of the event, so that it is sent once';
