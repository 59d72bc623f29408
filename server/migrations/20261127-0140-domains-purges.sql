create table domain_purges (
  host text primary key,
  accounts_total integer not null,
  accounts_gone integer not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz
);
comment on table domain_purges is 'room: domains · a row per server whose data was taken away · kept: it says what was done and how far it is';

create table domain_notes (
  id bigint primary key,
  host text not null,
  author_account_id bigint,
  text text not null,
  created_at timestamptz not null
);
create index domain_notes_host on domain_notes (host, id);
create index domain_notes_author on domain_notes (author_account_id) where author_account_id is not null;
comment on table domain_notes is 'room: domains · a few per server that the team talks about · kept; the name of who wrote goes with their account';
comment on column domain_notes.author_account_id is 'no reference: accounts lie above this room';
