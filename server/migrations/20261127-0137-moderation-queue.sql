create table moderation_views (
  id bigint primary key,
  moderator_id bigint not null references accounts (id),
  name text not null,
  query text not null,
  created_at timestamptz not null,
  unique (moderator_id, name)
);
comment on table moderation_views is 'room: moderation · a few per moderator: filters of the queue under a name · goes with its moderator';

create table bulk_decisions (
  id bigint primary key,
  moderator_id bigint not null references accounts (id),
  press_key text not null,
  decision text not null,
  text text not null default '',
  until_id bigint not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  unique (moderator_id, press_key)
);
comment on table bulk_decisions is 'room: moderation · a row per decision about many accounts at once · pruned after 30 days by moderation.prune-evidence, or with its moderator';
comment on column bulk_decisions.press_key is 'made by the page for each press, so that a second press is the same';
comment on column bulk_decisions.until_id is 'the newest report that the moderator had seen: what came after is not decided unseen';

create table bulk_items (
  bulk_id bigint not null references bulk_decisions (id) on delete cascade,
  target_account_id bigint not null references accounts (id),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'already', 'failed')),
  fault text not null default '',
  primary key (bulk_id, target_account_id)
);
create index bulk_items_target on bulk_items (target_account_id);
comment on table bulk_items is 'room: moderation · a row per account of a decision about many · goes with its decision or its account';
