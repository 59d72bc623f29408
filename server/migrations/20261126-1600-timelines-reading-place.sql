alter table markers drop constraint markers_timeline_check;
alter table markers add constraint markers_timeline_check check (timeline in ('home', 'notifications', 'hamlet_home_place'));
comment on table markers is 'room: timelines · three per person at most · goes with its account';
