alter table strikes add column ends_at timestamptz;
alter table strikes add column lifted_at timestamptz;
alter table strikes add column undone_at timestamptz;
alter table strikes add column undone_by_account_id bigint references accounts (id);
alter table strikes add column purged_at timestamptz;
alter table strikes add column status_ids bigint[] not null default '{}';
alter table strikes add column changed_ids bigint[] not null default '{}';
alter table strikes add column rule_ids bigint[] not null default '{}';
alter table strikes add column is_automated boolean not null default false;
comment on column strikes.ends_at is 'when what was done ends by itself; null for what lasts';
comment on column strikes.lifted_at is 'no longer in force: its time is over, or the team took the measure off';
comment on column strikes.undone_at is 'taken back, with what it changed, by one press or by an appeal';
comment on column strikes.changed_ids is 'posts that this decision itself hid or marked: what taking it back gives back';
comment on column strikes.purged_at is 'hidden posts are deleted for good: nothing can be given back any more';
create index strikes_due on strikes (ends_at) where ends_at is not null and lifted_at is null and undone_at is null;
create index strikes_kept on strikes (id) where changed_ids <> '{}' and purged_at is null;
create index strikes_in_force on strikes (target_account_id, action, id desc) where undone_at is null;

-- What was taken off before is not in force again when a later decision is taken back.
update strikes s set lifted_at = s.created_at from accounts a
where a.id = s.target_account_id
  and ((s.action = 'suspend' and a.suspended_at is null) or (s.action = 'limit' and a.limited_at is null)
    or (s.action = 'sensitive' and a.sensitized_at is null));
update strikes s set lifted_at = s.created_at
where s.action = 'freeze' and not exists (
  select 1 from user_accounts ua join users u on u.id = ua.user_id
  where ua.account_id = s.target_account_id and u.disabled_at is not null);
