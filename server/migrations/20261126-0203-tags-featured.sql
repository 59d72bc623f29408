create table featured_tags (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  name text not null references tags (name),
  created_at timestamptz not null,
  unique (account_id, name)
);
comment on table featured_tags is 'room: tags · ten per person at most · goes with its account';
