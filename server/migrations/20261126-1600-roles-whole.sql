alter table roles add column require_2fa boolean not null default false;
alter table roles add column updated_at timestamptz;
comment on column roles.require_2fa is 'who holds it must have a second factor before anything else';

-- What the built-in roles allow, now that all of Mastodon's permissions have a meaning: nobody could change them before.
update roles set permissions = 65536 where id = -99;
update roles set permissions = 1050396 where id = 1;
update roles set permissions = 4194300 where id = 2;
