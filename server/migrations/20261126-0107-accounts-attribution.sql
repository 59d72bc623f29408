alter table accounts add column attribution_domains text[] not null default '{}';
comment on column accounts.attribution_domains is 'whose pages may name this account as their author; a name stands for what lies below it, too';
