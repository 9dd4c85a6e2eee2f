-- title: Mentions
-- definition: mentions elsewhere in the period, as somebody else measured them
-- unit: count
-- good: up
-- caveat: counted elsewhere, by rules that are not ours
-- since: such numbers are imported
-- rows: reach
SELECT key, sum(value) AS value, count(*) AS cases FROM rows
WHERE lower(name) IN ('mentions') GROUP BY key
