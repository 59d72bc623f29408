create table evidence_reveals (
  report_id bigint not null references reports (id) on delete cascade,
  moderator_id bigint not null references accounts (id),
  media_id bigint not null,
  day date not null,
  primary key (moderator_id, day, report_id, media_id)
);
create index evidence_reveals_report on evidence_reveals (report_id);
comment on table evidence_reveals is 'room: moderation · a row per covered picture, moderator and day: what somebody has to see is counted · goes with its report or its moderator, pruned after 30 days by moderation.prune-evidence';
comment on column evidence_reveals.media_id is '0 stands for the words of a post that was for few';
