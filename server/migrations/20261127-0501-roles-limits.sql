-- How much the holders of a role may do; null is as much as anybody may on any server.
alter table roles add column posts_per_hour integer check (posts_per_hour between 1 and 300);
alter table roles add column open_invites integer check (open_invites between 0 and 100);
