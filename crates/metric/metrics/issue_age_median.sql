-- title: Age of open issues (median)
-- chaoss: Issue Age
-- definition: half of the issues of the period that are open were opened within this time before its end
-- unit: days
-- good: down
-- caveat: it cannot be more than the length of the period: take a long one
-- since: issues are collected
-- rows: tickets
SELECT key, median((extract(epoch FROM {until}) - extract(epoch FROM time)) / 86400.0) AS value, count(*) AS cases
FROM rows WHERE kind = 'issue' AND closed IS NULL GROUP BY key
