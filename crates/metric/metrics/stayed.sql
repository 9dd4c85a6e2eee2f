-- title: Who stays
-- definition: of the people who were first seen in the period, the share who were seen in a later quarter of the
--   calendar
-- unit: share
-- good: up
-- caveat: split it by quarter to see cohorts
-- caveat: small quarters vary by chance; read the number of people beside the share
-- rows: newcomers
SELECT key, avg(CASE WHEN last_seen >= date_trunc('quarter', time) + INTERVAL '3 months' THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases FROM rows WHERE date_trunc('quarter', time) + INTERVAL '3 months' < {until} GROUP BY key
