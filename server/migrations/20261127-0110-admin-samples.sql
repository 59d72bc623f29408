create table admin_samples (
  at timestamptz primary key,
  answers integer[] not null default '{}',
  delivered integer,
  lost integer,
  waiting integer,
  oldest_seconds integer,
  own_media_bytes bigint,
  remote_media_bytes bigint,
  database_bytes bigint,
  disk_bytes bigint,
  disk_free_bytes bigint
);
comment on table admin_samples is 'room: admin · a row each five minutes · pruned after 40 days by admin.sample';
comment on column admin_samples.at is 'the beginning of its five minutes';
comment on column admin_samples.answers is 'how many answers took how long, by the bounds in answers.ts; every web process adds its own';
comment on column admin_samples.own_media_bytes is 'null where it was not measured: adding up all files is done once an hour';

create table admin_days (
  day date primary key,
  people integer not null
);
comment on table admin_days is 'room: admin · a row a day, with how many were here and not who · pruned by nobody';

create index deliveries_finished on deliveries using brin (finished_at);
