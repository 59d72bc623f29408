-- Apps that nobody ever let in are swept; a token tells that one is in use.
create index oauth_tokens_application on oauth_tokens (application_id);
comment on table oauth_applications is 'room: oauth · a row per app registration · pruned by oauth.prune where no token came of it within a week';
