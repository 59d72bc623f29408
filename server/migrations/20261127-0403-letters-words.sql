create table letter_words (
  kind text primary key,
  text text not null,
  updated_at timestamptz not null
);
comment on table letter_words is 'room: letters · a row per kind of letter to which the team adds words of its own, and one for all of them · kept until the team takes them away';
comment on column letter_words.kind is 'a kind of letter, or signature for what stands under all';
