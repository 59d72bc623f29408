create index audit_log_actor on audit_log (actor_account_id, id desc) where actor_account_id is not null;
create index audit_log_target on audit_log (target_id, id desc) where target_id is not null;
create index audit_log_action on audit_log (action, id desc);
