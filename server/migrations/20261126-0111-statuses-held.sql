create table held_statuses (
  status_id bigint primary key references statuses (id) on delete cascade,
  account_id bigint not null references accounts (id),
  group_id bigint not null,
  publish_at timestamptz not null,
  quoted_status_id bigint
);
create index held_statuses_group on held_statuses (group_id, status_id);
create index held_statuses_account on held_statuses (account_id, status_id);
comment on table held_statuses is 'room: statuses · a row per post that waits for its undo time to pass · goes with its status, or when that is published';
comment on column held_statuses.quoted_status_id is 'what it will quote; its author is asked, and told, when it is published';
comment on column held_statuses.group_id is 'the first post of those that are published or taken back together';

alter table idempotency_keys add column following_ids bigint[] not null default '{}';
comment on column idempotency_keys.following_ids is 'what was made beside the result itself: the later posts of a thread, in order';
