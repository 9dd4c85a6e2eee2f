-- title: Change requests
-- chaoss: Change Requests
-- definition: change requests that people opened in the period
-- unit: count
-- good: neither
-- since: change requests are collected
-- rows: tickets
SELECT key, count(*) AS value, count(*) AS cases FROM rows WHERE kind = 'change_request' GROUP BY key
