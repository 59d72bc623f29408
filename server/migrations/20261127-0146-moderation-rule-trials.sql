create table rule_trials (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  wording jsonb not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  total integer not null,
  examined integer not null default 0,
  below bigint,
  found jsonb not null default '[]',
  result jsonb,
  created_at timestamptz not null
);
create index rule_trials_account on rule_trials (account_id);
create index rule_trials_created on rule_trials (created_at);
comment on table rule_trials is 'room: moderation · a row for each rule that was tried over past posts · pruned after a day by moderation.prune-trials';
comment on column rule_trials.account_id is 'who tried it; no reference, since accounts lie in a higher room';
comment on column rule_trials.below is 'the last post that was looked at, so that an interrupted trial goes on there';
comment on column rule_trials.found is 'ids of the posts that the rule fits, so far';
