create table post_imports (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  state text not null default 'draft' check (state in ('draft', 'running', 'finished', 'undoing', 'undone')),
  file_name text not null,
  stored_name text not null unique,
  preview jsonb not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index post_imports_account on post_imports (account_id, id desc);
comment on table post_imports is 'room: archives · a row per archive of old posts that somebody brings · goes with its account; a draft goes after an hour, the uploaded file a day after, and after 30 days there is no undoing';

create table imported_posts (
  account_id bigint not null references accounts (id),
  original_uri text not null,
  import_id bigint not null references post_imports (id) on delete cascade,
  status_id bigint,
  reason text,
  primary key (account_id, original_uri)
);
create index imported_posts_import on imported_posts (import_id);
comment on table imported_posts is 'room: archives · a row per post that was brought, so that none is brought twice · goes with its account';
