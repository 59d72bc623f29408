create table severed_follows (
  id bigint primary key,
  suspended_account_id bigint not null references accounts (id),
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  state text not null,
  show_reblogs boolean not null,
  notify boolean not null,
  languages text[],
  severed_at timestamptz not null
);
create index severed_follows_suspended on severed_follows (suspended_account_id);
create index severed_follows_account on severed_follows (account_id);
create index severed_follows_target on severed_follows (target_account_id);
create index severed_follows_at on severed_follows (severed_at);
comment on table severed_follows is 'room: relationships · a row per follow that a suspension ended · given back when it is taken back, pruned after 30 days by relationships.prune-severed';
