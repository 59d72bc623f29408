alter table accounts
  add column limited_with_server boolean not null default false,
  add column suspended_with_server boolean not null default false;
comment on column accounts.limited_with_server is 'limited since its server is: ends with the policy of the server';
comment on column accounts.suspended_with_server is 'suspended since its server is: ends with the policy of the server';
