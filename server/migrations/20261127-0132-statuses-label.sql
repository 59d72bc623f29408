alter table statuses add column label text;
comment on column statuses.label is 'what a content rule says of it, for everybody who reads it';
