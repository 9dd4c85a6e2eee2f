-- title: New helpers
-- chaoss: New Contributors
-- definition: people who answered a question of somebody else for the first time in the period
-- unit: people
-- good: up
-- caveat: in the first months of an archive everybody is new
-- rows: firsts
SELECT key, count(DISTINCT person_id) AS value, count(*) AS cases FROM rows WHERE kind = 'answered' GROUP BY key
