-- title: Promises kept
-- definition: the share of the questions with a first response before their promise ran out, of those with a response
--   or whose promise had run out at the end of the period
-- unit: share
-- good: up
-- caveat: measured by the promises and working hours of the latest sync, also for questions asked before they were
--   made
-- rows: questions
SELECT key, avg(CASE WHEN first_response <= promised_until THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases
FROM rows
WHERE (first_response >= time AND first_response < {until}) OR (state <> 'resolved' AND promised_until < {until})
GROUP BY key
