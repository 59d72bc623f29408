alter table users add column deletion_due_at timestamptz;
comment on column users.deletion_due_at is 'when all of this person is erased, as they asked; whoever signs in before takes it back';
create index users_deletion on users (deletion_due_at) where deletion_due_at is not null;
create table retired_names (
  name_hash bytea primary key,
  retired_at timestamptz not null
);
comment on table retired_names is 'room: accounts · a row per person who left: nobody takes their name, and the name itself is not kept · pruned by nobody';
