alter table notifications add column strike_id bigint;
comment on column notifications.strike_id is 'which decision a moderation_warning tells of; no reference, since who reads passes over one that is gone';
drop index notifications_once;
create unique index notifications_once on notifications (account_id, type, from_account_id, status_id) nulls not distinct where severance_id is null and strike_id is null;
create unique index notifications_strike on notifications (account_id, strike_id) where strike_id is not null;
