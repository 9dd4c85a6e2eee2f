-- title: Change requests closed
-- chaoss: Change Request Closure Ratio
-- definition: the share of the change requests of the period that were closed since, merged or not
-- unit: share
-- good: up
-- caveat: CHAOSS divides what was closed in a period by what was opened in it; sources seldom say when something was
--   closed, so here both are the same requests
-- since: change requests are collected
-- rows: tickets
SELECT key, avg(CASE WHEN closed IS NOT NULL THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases FROM rows WHERE kind = 'change_request' GROUP BY key
