create table invites (
  id bigint primary key,
  user_id bigint not null references users (id) on delete cascade,
  code text not null unique,
  max_uses integer,
  uses integer not null default 0,
  expires_at timestamptz,
  autofollow boolean not null default false,
  comment text not null default '',
  created_at timestamptz not null
);
create index invites_user on invites (user_id, id);
comment on table invites is 'room: users · a row per invitation that a member made · goes with the member; those that ended a year ago without use are pruned by users.prune';

alter table users add column sign_up_ip inet;
alter table users add column sign_up_marks text[] not null default '{}';
alter table users add column invite_id bigint references invites (id) on delete set null;
create index users_invite on users (invite_id) where invite_id is not null;
comment on column users.sign_up_ip is 'where somebody signed up from, for those who may see it; forgotten after a year by users.prune';
comment on column users.sign_up_marks is 'what is alike in sign-ups of one hand, and why one waits; emptied when it is decided, or after a day: features/users/joining/marks.ts';
