-- title: Downloads
-- definition: downloads in the period, as somebody else measured them
-- unit: count
-- good: up
-- caveat: counted elsewhere: mirrors, caches and robots are in it or missing as they please
-- since: such numbers are imported
-- rows: reach
SELECT key, sum(value) AS value, count(*) AS cases FROM rows
WHERE lower(name) IN ('downloads') GROUP BY key
