create table custom_emojis (
  id bigint primary key,
  domain_id bigint not null references domains (id),
  shortcode text not null,
  uri text,
  category text,
  visible_in_picker boolean not null default true,
  disabled boolean not null default false,
  original_key text,
  static_key text,
  remote_url text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((original_key is null) <> (remote_url is null))
);
create unique index custom_emojis_name on custom_emojis (domain_id, shortcode);
create index custom_emojis_original_key on custom_emojis (original_key) where original_key is not null;
create index custom_emojis_static_key on custom_emojis (static_key) where static_key is not null;
comment on table custom_emojis is 'room: emojis · a row per emoji of this server, and of others as posts and profiles name them, up to a limit for each server · kept, pruned by nobody: a row is small and its picture is evicted by media';
comment on column custom_emojis.static_key is 'the still picture of one that moves; null when it does not';
comment on column custom_emojis.uri is 'null for emoji of servers that give them no address';
comment on column custom_emojis.updated_at is 'for emoji from elsewhere, when they changed as their server says';
