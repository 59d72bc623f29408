alter table users add column leaving_at timestamptz;
comment on column users.leaving_at is 'turned away, or never confirmed: set once by whoever comes first, and everything of the account is being erased';
create index users_waiting on users (id) where approved_at is null;
comment on table users is 'room: users · a row per person who may log in, or waits to · those who never confirm their address are pruned after 7 days by users.prune';
