alter table appeals add column decided_by_account_id bigint references accounts (id);
create index strikes_moderator on strikes (moderator_account_id) where moderator_account_id is not null;
