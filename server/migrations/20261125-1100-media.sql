create table media (
  id bigint primary key,
  account_id bigint not null,
  status_id bigint,
  position smallint not null default 0,
  type text not null check (type in ('image', 'gifv', 'video', 'audio', 'unknown')),
  original_key text,
  small_key text,
  remote_url text,
  content_type text not null,
  bytes integer not null default 0,
  width integer,
  height integer,
  small_width integer,
  small_height integer,
  focus_x real not null default 0,
  focus_y real not null default 0,
  description text,
  blurhash text,
  created_at timestamptz not null,
  loose_since timestamptz
);
create index media_account on media (account_id);
create index media_status on media (status_id, position) where status_id is not null;
create index media_loose on media (loose_since) where loose_since is not null;
comment on table media is 'room: media · grows with uploads · those of no post are pruned after 24 hours by media.prune; others go with their post or account';
comment on column media.account_id is 'no reference, since accounts lie in a higher room';
comment on column media.status_id is 'no reference, since statuses lie in a higher room';
comment on column media.loose_since is 'since when no post holds it; null while one does';
