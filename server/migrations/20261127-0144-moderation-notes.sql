create table warning_presets (
  id bigint primary key,
  title text not null default '',
  text text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on table warning_presets is 'room: moderation · a few, written by the team · pruned by nobody';

create table moderation_notes (
  id bigint primary key,
  author_account_id bigint references accounts (id),
  target_account_id bigint references accounts (id),
  report_id bigint references reports (id) on delete cascade,
  text text not null,
  created_at timestamptz not null,
  check ((target_account_id is null) <> (report_id is null))
);
create index moderation_notes_target on moderation_notes (target_account_id, id) where target_account_id is not null;
create index moderation_notes_report on moderation_notes (report_id, id) where report_id is not null;
create index moderation_notes_author on moderation_notes (author_account_id) where author_account_id is not null;
comment on table moderation_notes is 'room: moderation · what the team writes down for itself about an account or a report · goes with it';

create table suspension_proposals (
  id bigint primary key,
  target_account_id bigint not null references accounts (id),
  proposer_account_id bigint references accounts (id),
  report_id bigint references reports (id) on delete set null,
  text text not null default '',
  ends_in integer,
  is_told boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  decided_by_account_id bigint references accounts (id),
  outcome text check (outcome in ('confirmed', 'withdrawn', 'expired'))
);
create unique index suspension_proposals_open on suspension_proposals (target_account_id) where decided_at is null;
create index suspension_proposals_target on suspension_proposals (target_account_id);
create index suspension_proposals_proposer on suspension_proposals (proposer_account_id) where proposer_account_id is not null;
comment on table suspension_proposals is 'room: moderation · a suspension that waits for a second moderator · decided or out of date after 7 days, pruned after 90 by moderation.purge-removed';
