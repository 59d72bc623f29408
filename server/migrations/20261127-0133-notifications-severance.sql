alter table notifications add column severance_id bigint;
comment on column notifications.severance_id is 'which severance a severed_relationships tells of; no reference, since who reads passes over one that is gone';
alter table notifications drop constraint if exists notifications_account_id_type_from_account_id_status_id_key;
create unique index notifications_once on notifications (account_id, type, from_account_id, status_id) nulls not distinct where severance_id is null;
create unique index notifications_severance on notifications (account_id, severance_id) where severance_id is not null;
