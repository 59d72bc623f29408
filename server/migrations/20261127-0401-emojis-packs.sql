create index custom_emojis_by_name on custom_emojis (shortcode, id);
create table emoji_packs (
  id bigint primary key,
  file_name text not null,
  stored_name text not null,
  digest text not null,
  replaces boolean not null default false,
  created_at timestamptz not null,
  finished_at timestamptz
);
comment on table emoji_packs is 'room: emojis · a row per archive of emoji that the team brings · pruned by the room itself after 7 days';
create table emoji_pack_entries (
  pack_id bigint not null references emoji_packs (id) on delete cascade,
  position integer not null,
  name text not null,
  shortcode text not null,
  category text,
  outcome text not null default 'waiting' check (outcome in ('waiting', 'added', 'skipped')),
  problem text,
  primary key (pack_id, position)
);
comment on table emoji_pack_entries is 'room: emojis · a row per picture in such an archive, a thousand at most · pruned with it';
