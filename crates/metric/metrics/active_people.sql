-- title: Active people
-- chaoss: Active Contributors
-- definition: people who wrote a message in the period
-- unit: people
-- good: up
-- caveat: the chart of the growth page counts a person in a conversation of somebody else once, when they first wrote
--   in it
-- rows: written
SELECT key, count(DISTINCT person_id) AS value, count(*) AS cases FROM rows GROUP BY key
