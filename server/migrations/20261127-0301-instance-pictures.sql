create table site_pictures (
  name text primary key,
  small_key text not null,
  large_key text not null,
  blurhash text not null,
  description text not null default '',
  updated_at timestamptz not null
);
comment on table site_pictures is 'room: instance · a row for each picture that the team put in place of ours, two at most · pruned when the picture is taken away';
