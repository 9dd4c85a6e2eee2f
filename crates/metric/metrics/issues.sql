-- title: Issues
-- chaoss: Issues New
-- definition: issues that people opened in the period
-- unit: count
-- good: neither
-- since: issues are collected
-- rows: tickets
SELECT key, count(*) AS value, count(*) AS cases FROM rows WHERE kind = 'issue' GROUP BY key
