create table follows (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  state text not null check (state in ('requested', 'accepted')),
  uri text not null unique,
  show_reblogs boolean not null default true,
  notify boolean not null default false,
  languages text[],
  created_at timestamptz not null,
  unique (account_id, target_account_id),
  check (account_id <> target_account_id)
);
create index follows_target on follows (target_account_id, id desc);
comment on table follows is 'room: relationships · grows with follows and requests · goes with its accounts';

create table blocks (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  uri text not null unique,
  created_at timestamptz not null,
  unique (account_id, target_account_id)
);
create index blocks_target on blocks (target_account_id, account_id);
comment on table blocks is 'room: relationships · a few per person · goes with its accounts';

create table mutes (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  hide_notifications boolean not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  unique (account_id, target_account_id)
);
create index mutes_target on mutes (target_account_id);
comment on table mutes is 'room: relationships · a few per person · goes with its accounts; expired ones count for nothing';

create table account_notes (
  account_id bigint not null references accounts (id),
  target_account_id bigint not null references accounts (id),
  comment text not null,
  updated_at timestamptz not null,
  primary key (account_id, target_account_id)
);
create index account_notes_target on account_notes (target_account_id);
comment on table account_notes is 'room: relationships · private notes of people about people · goes with its accounts';
