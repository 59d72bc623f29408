alter table accounts add column links_checked_at timestamptz;
comment on column accounts.links_checked_at is 'when the pages that the fields lead to were last asked whether they lead back; null: never';
