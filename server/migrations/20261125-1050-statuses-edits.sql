create table status_edits (
  id bigint primary key,
  status_id bigint not null references statuses (id) on delete cascade,
  text text not null,
  content text not null,
  spoiler_text text not null,
  sensitive boolean not null,
  media_ids bigint[] not null default '{}',
  created_at timestamptz not null
);
create index status_edits_status on status_edits (status_id, id);
comment on table status_edits is 'room: statuses · a row per version of an edited status · goes with its status';
