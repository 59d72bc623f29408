alter table statuses add column reply_policy text not null default 'everyone'
  constraint statuses_reply_policy check (reply_policy in ('everyone', 'followers', 'following', 'mentioned', 'nobody', 'approval'));
comment on column statuses.reply_policy is 'who may write in the thread that this post begins; of a reply it says nothing';

create table set_aside_replies (
  status_id bigint primary key references statuses (id) on delete cascade,
  thread_id bigint not null,
  decider_id bigint not null references accounts (id),
  standing text not null check (standing in ('waiting', 'refused', 'removed')),
  created_at timestamptz not null
);
create index set_aside_replies_thread on set_aside_replies (thread_id);
create index set_aside_replies_decider on set_aside_replies (decider_id);
comment on table set_aside_replies is 'room: statuses · few per thread · goes with the reply, or with whoever began the thread';
comment on column set_aside_replies.standing is 'waiting: its author must be let in; refused: the rule of the thread kept it out; removed: it was taken out';
