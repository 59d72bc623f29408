create table lists (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  title text not null,
  replies_policy text not null default 'list' check (replies_policy in ('followed', 'list', 'none')),
  exclusive boolean not null default false,
  created_at timestamptz not null
);
create index lists_account on lists (account_id, id);
comment on table lists is 'room: lists · fifty per person at most · goes with its account';

create table list_accounts (
  id bigint generated always as identity primary key,
  list_id bigint not null references lists (id) on delete cascade,
  account_id bigint not null references accounts (id),
  follow_id bigint,
  created_at timestamptz not null,
  unique (list_id, account_id)
);
create index list_accounts_account on list_accounts (account_id);
create index list_accounts_follow on list_accounts (follow_id);
comment on table list_accounts is 'room: lists · as many as people put in lists · goes with its list, its account or the follow it rests on';
comment on column list_accounts.follow_id is 'the follow or request that lets somebody be in a list; null for oneself. Without a key: a follow that is gone ends the membership at once, and its row is swept afterwards';
