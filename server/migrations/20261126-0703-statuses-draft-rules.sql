alter table drafts add column reply_policy text;
