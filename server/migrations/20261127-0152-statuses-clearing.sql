create table status_clearings (
  account_id bigint primary key references accounts (id),
  enabled boolean not null default false,
  min_age_days integer not null default 14 check (min_age_days between 7 and 731),
  keep_direct boolean not null default true,
  keep_pinned boolean not null default true,
  keep_polls boolean not null default false,
  keep_media boolean not null default false,
  keep_self_favourite boolean not null default true,
  keep_self_bookmark boolean not null default true,
  min_favourites integer check (min_favourites > 0),
  min_reblogs integer check (min_reblogs > 0),
  cleared_on date,
  cleared_count integer not null default 0,
  updated_at timestamptz not null
);
create index status_clearings_enabled on status_clearings (account_id) where enabled;
comment on table status_clearings is 'room: statuses · a row per person who has old posts of theirs deleted · goes with its account';
