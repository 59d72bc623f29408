alter table media add column post_withheld boolean not null default false;
alter table media add column owner_withheld boolean not null default false;
comment on column media.post_withheld is 'its post was removed by the team, and may come back';
comment on column media.owner_withheld is 'its owner is suspended, or on the way out, and may come back';
