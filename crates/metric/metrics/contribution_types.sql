-- title: Types of contributions
-- chaoss: Types of Contributions
-- definition: kinds of contributions of which the period has any: changes, reviews, edits, reports, tests, merges,
--   releases, answers
-- unit: count
-- good: up
-- caveat: what no source tells of is not in it: talks, translations, care for people
-- rows: contributions
SELECT key, count(DISTINCT kind) AS value, count(*) AS cases FROM rows GROUP BY key
