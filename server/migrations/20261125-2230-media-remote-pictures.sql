create table remote_pictures (
  signature text primary key,
  kind text not null check (kind in ('attachment', 'avatar', 'header')),
  subject_id bigint not null,
  account_id bigint not null,
  account_host text not null,
  url text not null,
  host text not null,
  original_key text,
  small_key text,
  bytes integer not null default 0,
  asked_at timestamptz not null,
  ordered_at timestamptz,
  tried_at timestamptz,
  retry_at timestamptz,
  failures integer not null default 0,
  problem text
);
create index remote_pictures_subject on remote_pictures (subject_id, kind);
create index remote_pictures_account on remote_pictures (account_id);
create index remote_pictures_host on remote_pictures (host, tried_at);
create index remote_pictures_asked on remote_pictures (asked_at);
create index remote_pictures_original_key on remote_pictures (original_key) where original_key is not null;
create index remote_pictures_small_key on remote_pictures (small_key) where small_key is not null;
comment on table remote_pictures is 'room: media · a row per picture from elsewhere that somebody looked at · evicted with its files by media.evict-pictures when nobody asks for it any more, or when all of them take too much room; goes with its post or account';
comment on column remote_pictures.signature is 'the part of its address that nobody can guess: made of kind, subject and url, so that another picture is another row';
comment on column remote_pictures.subject_id is 'the row of media, or the account; no reference, since accounts lie in a higher room';
comment on column remote_pictures.account_id is 'whose picture it is; no reference, since accounts lie in a higher room';
comment on column remote_pictures.ordered_at is 'since when a job is to fetch it; null while none is';
comment on column remote_pictures.retry_at is 'until when it is not asked for again after a failure';

-- Files are compared with the rows that name them once a day.
create index media_original_key on media (original_key) where original_key is not null;
create index media_small_key on media (small_key) where small_key is not null;
