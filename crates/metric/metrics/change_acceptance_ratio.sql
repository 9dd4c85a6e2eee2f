-- title: Change requests accepted
-- chaoss: Change Request Acceptance Ratio
-- definition: the share of the change requests of the period that were merged, of those that were closed
-- unit: share
-- good: up
-- since: change requests are collected
-- rows: tickets
SELECT key, avg(CASE WHEN closed = 'merged' THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases FROM rows WHERE kind = 'change_request' AND closed IS NOT NULL GROUP BY key
