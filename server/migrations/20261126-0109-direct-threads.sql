create table direct_threads (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  conversation_id bigint not null,
  people_key text not null,
  last_status_id bigint not null,
  unread boolean not null default false,
  unique (account_id, conversation_id, people_key)
);
create index direct_threads_account on direct_threads (account_id, last_status_id desc);
create index direct_threads_unread on direct_threads (account_id) where unread;
comment on table direct_threads is 'room: direct-threads · a row per person, conversation and circle of people in it · goes with its account, with its last message, and with whoever else is in it';
comment on column direct_threads.people_key is 'digest of the ids of all the others, in order: the same people in the same conversation are one thread';

create table direct_thread_accounts (
  thread_id bigint not null references direct_threads (id) on delete cascade,
  account_id bigint not null references accounts (id),
  primary key (thread_id, account_id)
);
create index direct_thread_accounts_account on direct_thread_accounts (account_id);
comment on table direct_thread_accounts is 'room: direct-threads · the others of each thread, a few · goes with its thread and its account';

create table direct_thread_statuses (
  thread_id bigint not null references direct_threads (id) on delete cascade,
  status_id bigint not null,
  primary key (thread_id, status_id)
);
create index direct_thread_statuses_status on direct_thread_statuses (status_id);
comment on table direct_thread_statuses is 'room: direct-threads · a row per message and person here who has it · goes with its thread, and by a job with its status';
comment on column direct_thread_statuses.status_id is 'no reference, since a job of this room follows the deletion of a status';

-- What was written before threads were gathered, but for what a person still keeps waiting among requests.
create temporary table earlier_messages on commit drop as
  select keeper.id as account_id, s.id as status_id, s.conversation_id,
    md5(coalesce(string_agg(person.id::text, ',' order by person.id) filter (where person.id <> keeper.id), '')) as people_key
  from statuses s
  cross join lateral (select s.account_id as id union select m.account_id from mentions m where m.status_id = s.id) keeper
  join accounts a on a.id = keeper.id join domains d on d.id = a.domain_id and d.is_local
  cross join lateral (select s.account_id as id union select m.account_id from mentions m where m.status_id = s.id) person
  where s.visibility = 'direct' and s.state = 'live' and s.reblog_of_id is null
    and not exists (select 1 from notifications n where n.account_id = keeper.id and n.status_id = s.id and n.filtered)
    and not exists (select 1 from blocks b where (b.account_id = keeper.id and b.target_account_id = s.account_id)
      or (b.account_id = s.account_id and b.target_account_id = keeper.id))
  group by keeper.id, s.id, s.conversation_id;
insert into direct_threads (account_id, conversation_id, people_key, last_status_id)
  select account_id, conversation_id, people_key, max(status_id) from earlier_messages group by 1, 2, 3;
insert into direct_thread_statuses (thread_id, status_id)
  select t.id, one.status_id from earlier_messages one join direct_threads t using (account_id, conversation_id, people_key);
insert into direct_thread_accounts (thread_id, account_id)
  select distinct t.id, person.id from direct_threads t join statuses s on s.id = t.last_status_id
  cross join lateral (select s.account_id as id union select m.account_id from mentions m where m.status_id = s.id) person
  where person.id <> t.account_id;
