alter table accounts add column fetched_at timestamptz;
comment on column accounts.fetched_at is 'when a remote account was last read from its own server; null for those who live here';
create index accounts_inboxes on accounts (shared_inbox_url);
