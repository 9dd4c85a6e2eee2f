-- title: Newcomers who came back
-- definition: of the people who were first seen in the period, at least 30 days before its end, the share who were
--   seen 30 days later or after
-- unit: share
-- good: up
-- caveat: who found what they came for need not come back
-- rows: newcomers
SELECT key, avg(CASE WHEN last_seen >= time + INTERVAL '30 days' THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases FROM rows WHERE time < {until} - INTERVAL '30 days' GROUP BY key
