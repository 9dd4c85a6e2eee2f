-- title: Age of what waits (median)
-- definition: half of those who wait for an answer now have waited for less than this time at the end of the period
-- unit: hours
-- good: down
-- caveat: questions that nobody will ever answer make it older every day: read it with a period of some weeks
-- rows: questions
SELECT key, median((extract(epoch FROM {until}) - extract(epoch FROM waiting_since)) / 3600.0) AS value, count(*) AS cases
FROM rows WHERE state = 'waiting' AND waiting_since < {until} GROUP BY key
