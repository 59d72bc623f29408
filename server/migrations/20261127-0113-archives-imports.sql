create table imports (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  kind text not null check (kind in ('following', 'blocking', 'muting', 'domain_blocking', 'bookmarks', 'lists', 'custom_filters')),
  mode text not null default 'merge' check (mode in ('merge', 'overwrite')),
  state text not null default 'draft' check (state in ('draft', 'running', 'finished')),
  file_name text not null,
  preview jsonb not null,
  removed integer not null default 0,
  removed_at timestamptz,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  finished_at timestamptz
);
create index imports_account on imports (account_id, id desc);
create index imports_age on imports (created_at);
comment on table imports is 'room: archives · a row per file that somebody brings · pruned a week after by archives.prune-imports; a draft goes after an hour';
comment on column imports.removed_at is 'when what is not in the file had been taken away, where that was wanted: it is not done twice';

create table import_rows (
  import_id bigint not null references imports (id) on delete cascade,
  position integer not null,
  data jsonb not null,
  outcome text check (outcome in ('done', 'failed')),
  reason text,
  primary key (import_id, position)
);
create index import_rows_open on import_rows (import_id, position) where outcome is null;
comment on table import_rows is 'room: archives · a row per line of a file, at most 20,000 · goes with its import';
