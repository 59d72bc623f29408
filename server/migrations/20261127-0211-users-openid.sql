create table openid_identities (
  issuer text not null,
  subject text not null,
  user_id bigint not null references users (id) on delete cascade,
  created_at timestamptz not null,
  primary key (issuer, subject)
);
create index openid_identities_user on openid_identities (user_id);
comment on table openid_identities is 'room: users · whom another service knows a person as · goes with its user';
