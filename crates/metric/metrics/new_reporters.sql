-- title: New reporters
-- chaoss: New Contributors
-- definition: people who reported a defect for the first time in the period
-- unit: people
-- good: up
-- caveat: by what commits and trackers say of who reported
-- since: reports are collected
-- rows: firsts
SELECT key, count(DISTINCT person_id) AS value, count(*) AS cases FROM rows WHERE kind = 'reported' GROUP BY key
