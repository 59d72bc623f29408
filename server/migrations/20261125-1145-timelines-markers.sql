create table markers (
  account_id bigint not null references accounts (id),
  timeline text not null check (timeline in ('home', 'notifications')),
  last_read_id bigint not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (account_id, timeline)
);
comment on table markers is 'room: timelines · two per person at most · goes with its account';
