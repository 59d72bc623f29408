create table scheduled_statuses (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  scheduled_at timestamptz not null,
  params jsonb not null,
  media_ids bigint[] not null default '{}',
  created_at timestamptz not null
);
create index scheduled_statuses_account on scheduled_statuses (account_id, id desc);
comment on table scheduled_statuses is 'room: statuses · at most 300 per person · goes with its account, or when it is published';
