alter table tags
  add column usable boolean not null default true,
  add column listable boolean not null default true,
  add column trendable boolean,
  add column reviewed_at timestamptz,
  add column requested_review_at timestamptz;
create index tags_reviewed on tags (id) where reviewed_at is not null;
comment on column tags.usable is 'whether posts may hold it: of here none is taken that does, and of elsewhere it leads to none';
comment on column tags.listable is 'whether searches find it';
comment on column tags.trendable is 'whether it may be talked about; null until the team decides, and then the setting counts';
comment on column tags.reviewed_at is 'when the team looked at it last';
comment on column tags.requested_review_at is 'when the team was last asked to look at it';
