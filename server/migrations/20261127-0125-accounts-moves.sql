alter table accounts add column also_known_as text[] not null default '{}';
alter table accounts add column moved_at timestamptz;
alter table accounts add column withdrawn_at timestamptz;
comment on column accounts.also_known_as is 'addresses of actors that this one says it also is (ActivityStreams alsoKnownAs): without it nobody can move here';
comment on column accounts.moved_at is 'when a Move of this account was last believed; the next counts a week later';
comment on column accounts.withdrawn_at is 'when its owner withdrew it, who may still come back: it is suspended by themselves and by nobody else';
create index accounts_moved_to on accounts (moved_to_account_id) where moved_to_account_id is not null;
