create table report_evidence (
  report_id bigint not null references reports (id) on delete cascade,
  status_id bigint not null,
  account_id bigint not null references accounts (id),
  place text not null check (place in ('reported', 'before', 'after')),
  url text not null default '',
  content text not null default '',
  spoiler_text text not null default '',
  visibility text not null default 'public',
  sensitive boolean not null default false,
  language text,
  edits jsonb not null default '[]',
  created_at timestamptz not null,
  edited_at timestamptz,
  primary key (report_id, status_id)
);
create index report_evidence_account on report_evidence (account_id);
comment on table report_evidence is 'room: moderation · a row per reported post and up to four around it, as they were when they were reported · goes with its report or its author';
comment on column report_evidence.status_id is 'no reference: the post may be gone by the time that somebody looks';
comment on column report_evidence.edits is 'what the post had said before, oldest first';

create table report_media (
  report_id bigint not null,
  status_id bigint not null,
  media_id bigint not null,
  position smallint not null default 0,
  type text not null,
  description text,
  blurhash text,
  width integer,
  height integer,
  digest bytea,
  remote_url text,
  source_key text,
  file_key text,
  primary key (report_id, media_id),
  foreign key (report_id, status_id) references report_evidence (report_id, status_id) on delete cascade
);
create index report_media_media on report_media (media_id);
create index report_media_file on report_media (file_key) where file_key is not null;
comment on table report_media is 'room: moderation · what reported posts held · pruned 30 days after its report was closed by moderation.prune-evidence';
comment on column report_media.source_key is 'the file as the post held it; it may go with the post';
comment on column report_media.file_key is 'a copy that stays; reports of the same picture share it';

insert into report_evidence (report_id, status_id, account_id, place, content, spoiler_text, created_at)
select r.id, (one ->> 'id')::bigint, r.target_account_id, 'reported', one ->> 'html', one ->> 'warning', (one ->> 'at')::timestamptz
from reports r, jsonb_array_elements(r.snapshot) as one
on conflict do nothing;
alter table reports drop column snapshot;

alter table reports add column uri text unique;
alter table reports add column forward_hosts text[] not null default '{}';
alter table reports add column group_keys text[] not null default '{}';
alter table reports add column outcome text check (outcome in ('none', 'acted'));
alter table reports add column told_at timestamptz;
create index reports_untold on reports (reporter_account_id) where outcome is not null and told_at is null;
create index reports_groups on reports using gin (group_keys) where resolved_at is null;
comment on column reports.uri is 'of a report by another server: by which it is known again';
comment on column reports.forward_hosts is 'servers beside that of the account which are told too';
comment on column reports.group_keys is 'what it may have in common with others: link:host, text:hash, source:host, range:hash; emptied when the evidence is pruned';
comment on column reports.told_at is 'when the reporter was told of the outcome';
update reports set outcome = 'acted', told_at = resolved_at where resolved_at is not null;
