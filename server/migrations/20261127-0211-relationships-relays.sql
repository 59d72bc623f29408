create table relays (
  id bigint primary key,
  url text not null unique,
  kind text not null check (kind in ('mastodon', 'litepub')),
  inbox_url text,
  follow_uri text unique,
  state text not null default 'idle' check (state in ('idle', 'pending', 'accepted', 'rejected')),
  problem text,
  created_at timestamptz not null,
  last_heard_at timestamptz
);
comment on table relays is 'room: relationships · a row per relay that the team added · kept until the team removes it';
comment on column relays.url is 'what the team entered: the inbox of a relay of Mastodon''s kind, or the actor of one of Pleroma''s';
