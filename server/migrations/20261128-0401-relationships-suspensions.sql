alter table severances add column target_account_id bigint references accounts (id);
create index severances_target_account on severances (target_account_id) where target_account_id is not null;
comment on column severances.target_account_id is 'who was suspended, where that cut the ties; null otherwise, and when that account is erased, which takes the name along';
