-- title: Newcomers
-- definition: people who were seen for the first time anywhere in the period
-- unit: people
-- good: up
-- caveat: in the first months of an archive everybody is new
-- rows: newcomers
SELECT key, count(*) AS value, count(*) AS cases FROM rows GROUP BY key
