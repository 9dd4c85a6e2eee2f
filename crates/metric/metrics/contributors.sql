-- title: Contributors
-- chaoss: Contributors
-- definition: people who did something that adds to the project in the period: changed, reviewed, edited, reported,
--   tested, merged, released, answered
-- unit: people
-- good: up
-- rows: contributions
SELECT key, count(DISTINCT person_id) AS value, count(*) AS cases FROM rows GROUP BY key
