create table status_pins (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts (id),
  status_id bigint not null unique references statuses (id) on delete cascade,
  created_at timestamptz not null
);
create index status_pins_account on status_pins (account_id, id);
comment on table status_pins is 'room: statuses · five per person at most · goes with its post';
