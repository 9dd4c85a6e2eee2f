-- title: Time to the keys (median)
-- definition: half of the people who in the period first applied or merged a change of somebody else had made their
--   own first change within this time before
-- unit: days
-- good: neither
-- caveat: whoever applies changes without having made one is not in it
-- since: commits are collected
-- rows: keys
SELECT key, median((extract(epoch FROM time) - extract(epoch FROM first_change)) / 86400.0) AS value, count(*) AS cases
FROM rows WHERE first_change <= time GROUP BY key
