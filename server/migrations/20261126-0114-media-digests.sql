alter table media add column digest bytea;
create index media_digest on media (account_id, digest, id desc) where digest is not null and description is not null;
comment on column media.digest is 'SHA-256 of the bytes as they were uploaded, by which the same picture is known again; null for what came from elsewhere';
comment on column media.loose_since is 'since when nothing holds it; null while a post, a draft or a post that waits for its hour does';
