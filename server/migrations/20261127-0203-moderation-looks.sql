create unlogged table case_looks (
  report_id bigint not null references reports (id) on delete cascade,
  moderator_id bigint not null references accounts (id),
  seen_at timestamptz not null,
  primary key (report_id, moderator_id)
);
create index case_looks_moderator on case_looks (moderator_id);
comment on table case_looks is 'room: moderation · who is looking at a case just now · a row is good for a minute, pruned after a month by moderation.prune-evidence';
