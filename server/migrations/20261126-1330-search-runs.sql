-- Scripts that put no spaces between words (Han, kana, Hangul, Thai, Lao, Khmer, Burmese) are found by pairs of their
-- letters, so that a word inside a run is found as well. The class is written once more in features/search/runs.ts; a test
-- holds the two together. Owner: search. Functions only: no table.
create function search_has_runs(html text) returns boolean
  language sql immutable parallel safe
  return html ~ '[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003fffd]';

-- The words of some HTML as one line: half and full width alike, in lower case.
create function search_plain(html text) returns text
  language sql immutable parallel safe
  return lower(normalize(regexp_replace(regexp_replace(regexp_replace(
    html, '</?(p|br|li|ul|ol|pre|blockquote)[^>]*>', ' ', 'gi'), '<[^>]*>', '', 'g'), '\s+', ' ', 'g'), nfkc));

-- Pairs of letters of every run, its last letter alone, and the words between runs as words of their own.
create function search_runs(html text) returns tsvector
  language sql immutable parallel safe cost 1000
  begin atomic
    select to_tsvector('simple', regexp_replace(plain, runs, ' ', 'g')) || array_to_tsvector(array(
      select distinct substr(run[1], at, 2) from regexp_matches(plain, runs, 'g') run, generate_series(1, length(run[1])) at))
    from search_plain(html) plain, (values ('[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003fffd]+')) class (runs);
  end;

-- A small town has the index at once. In a large one writing would wait for it: there a job builds it beside the work.
do $$
begin
  if (select count(*) from (select 1 from statuses limit 20001) sample) <= 20000 then
    create index statuses_runs on statuses using gin (search_runs(spoiler_text || ' ' || content))
      where reblog_of_id is null and search_has_runs(spoiler_text || ' ' || content);
  end if;
end $$;
