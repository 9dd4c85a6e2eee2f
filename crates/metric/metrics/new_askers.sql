-- title: New askers
-- chaoss: New Contributors
-- definition: people who asked a question for the first time in the period
-- unit: people
-- good: up
-- caveat: in the first months of an archive everybody is new
-- rows: firsts
SELECT key, count(DISTINCT person_id) AS value, count(*) AS cases FROM rows WHERE kind = 'asked' GROUP BY key
