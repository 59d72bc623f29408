create table media (
  id bigint primary key,
  account_id bigint not null,
  status_id bigint,
  position smallint not null default 0,
  type text not null default 'image',
  media_type text not null,
  file_key text,
  preview_key text,
  remote_url text,
  description text,
  focus_x real not null default 0,
  focus_y real not null default 0,
  width integer not null default 0,
  height integer not null default 0,
  preview_width integer not null default 0,
  preview_height integer not null default 0,
  blurhash text,
  created_at timestamptz not null
);
create index media_status on media (status_id, position) where status_id is not null;
create index media_account on media (account_id, id desc);
create index media_unattached on media (created_at) where status_id is null;
comment on column media.account_id is 'no reference: accounts lie in a higher room, and leave before this one';
comment on table media is 'room: media · a row per picture · uploads that no post uses are pruned after 1 day by media.prune';

alter table accounts add column avatar_description text not null default '';
alter table accounts add column header_description text not null default '';
alter table accounts add column avatar_remote_url text;
alter table accounts add column header_remote_url text;
