-- title: Wrote once and never again
-- definition: of the people who wrote in a channel for the first time in the period, 30 days or more before its end,
--   the share who never wrote there again a day later or after
-- unit: share
-- good: down
-- caveat: who found what they came for need not come back
-- rows: channel_stays
SELECT key, avg(CASE WHEN last_time < time + INTERVAL '1 day' THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases FROM rows WHERE time < {until} - INTERVAL '30 days' GROUP BY key
