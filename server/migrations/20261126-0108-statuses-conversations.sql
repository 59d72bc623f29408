alter table statuses add column conversation_id bigint, add column conversation_uri text;

with recursive placed (id, root_id) as (
  select s.id, s.id from statuses s
  where s.reblog_of_id is null and not exists (select 1 from statuses parent where parent.id = s.in_reply_to_id)
  union all
  select s.id, placed.root_id from statuses s join placed on s.in_reply_to_id = placed.id
)
update statuses set conversation_id = placed.root_id from placed where placed.id = statuses.id;

update statuses set conversation_uri = regexp_replace(root.uri, '/ap/users/\d+/statuses/\d+$', '/ap/contexts/' || root.id)
from statuses root where root.id = statuses.conversation_id and root.is_local;

alter table statuses add constraint statuses_conversation check (conversation_id is not null or reblog_of_id is not null);
create index statuses_conversation on statuses (conversation_id, id) where conversation_id is not null;
create index statuses_conversation_uri on statuses (conversation_uri) where conversation_uri is not null;
comment on column statuses.conversation_id is 'the post that the thread began with as far as we know it, also when that one is gone; a boost is in no thread';
comment on column statuses.conversation_uri is 'how servers name the thread: ours by an address, others by any text; null where nobody told';
