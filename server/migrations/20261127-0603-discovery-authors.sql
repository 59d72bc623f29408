alter table trend_reviews drop constraint trend_reviews_kind_check;
alter table trend_reviews add constraint trend_reviews_kind_check check (kind in ('status', 'author', 'link'));
comment on table trend_reviews is 'room: discovery · a row per post or link that was talked about, and per author decided about · pruned by discovery.score when what it is about is gone';
comment on column trend_reviews.subject_id is 'the post, its author, or the card of the link; no reference, since a decision may outlive it for minutes';
comment on column trend_reviews.trendable is 'null until the team decides; then the author of a post or the publisher of a link, and then the setting, counts';
