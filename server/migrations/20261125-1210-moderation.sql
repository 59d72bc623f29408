create table reports (
  id bigint primary key,
  reporter_account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  category text not null check (category in ('spam', 'legal', 'violation', 'other')),
  comment text not null default '',
  rule_ids bigint[] not null default '{}',
  status_ids bigint[] not null default '{}',
  snapshot jsonb not null default '[]',
  forwarded boolean not null default false,
  assigned_account_id bigint references accounts (id),
  resolved_at timestamptz,
  resolved_by_account_id bigint references accounts (id),
  created_at timestamptz not null
);
create index reports_open on reports (id desc) where resolved_at is null;
create index reports_target on reports (target_account_id, id desc);
create index reports_reporter on reports (reporter_account_id);
comment on table reports is 'room: moderation · a row per report · goes with its reporter or target';

create table strikes (
  id bigint primary key,
  target_account_id bigint not null references accounts (id),
  moderator_account_id bigint references accounts (id),
  report_id bigint references reports (id) on delete set null,
  action text not null,
  text text not null default '',
  appeal_secret_hash bytea unique,
  created_at timestamptz not null,
  overruled_at timestamptz
);
create index strikes_target on strikes (target_account_id, id desc);
comment on table strikes is 'room: moderation · a row per decision that went against somebody · goes with its target';

create table appeals (
  id bigint primary key,
  strike_id bigint not null unique references strikes (id) on delete cascade,
  text text not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  approved boolean
);
comment on table appeals is 'room: moderation · one per strike at most · goes with its strike';
