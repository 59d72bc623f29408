create table takeouts (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  state text not null default 'packing' check (state in ('packing', 'ready')),
  file_name text not null unique,
  bytes bigint not null default 0,
  done integer not null default 0,
  total integer not null default 0,
  created_at timestamptz not null,
  ready_at timestamptz
);
create index takeouts_account on takeouts (account_id, id desc);
create index takeouts_age on takeouts (created_at);
comment on table takeouts is 'room: archives · a row per archive that somebody asked for, one in six days at most · pruned with its file a week after by archives.prune';
comment on column takeouts.file_name is 'in the folder archives of the data folder; it is told to nobody';
