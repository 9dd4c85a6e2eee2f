-- title: New reviewers
-- chaoss: New Contributors
-- definition: people who reviewed a change for the first time in the period
-- unit: people
-- good: up
-- caveat: in the first months of an archive everybody is new
-- since: reviews are collected
-- rows: firsts
SELECT key, count(DISTINCT person_id) AS value, count(*) AS cases FROM rows WHERE kind = 'reviewed' GROUP BY key
