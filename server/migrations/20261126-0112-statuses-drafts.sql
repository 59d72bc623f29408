create table drafts (
  id bigint primary key,
  account_id bigint not null references accounts (id),
  version integer not null default 1,
  visibility text check (visibility in ('public', 'unlisted', 'private', 'direct')),
  quote_policy text check (quote_policy in ('public', 'followers', 'nobody')),
  language text,
  in_reply_to_id bigint,
  quoted_status_id bigint,
  parts jsonb not null,
  media_ids bigint[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index drafts_account on drafts (account_id, updated_at desc);
comment on table drafts is 'room: statuses · at most 100 per person · kept until they are deleted; goes with its account';
comment on column drafts.parts is 'what is written, post by post: text, warning, sensitivity, poll and uploads';
comment on column drafts.media_ids is 'every upload of every part, which the media room keeps for it';
