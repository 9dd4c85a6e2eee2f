-- title: Growing topics
-- definition: topics last asked about in the period that had half as many questions again in the 90 days before their
--   source’s newest message as in the 90 days before those, and more than two
-- unit: count
-- good: neither
-- caveat: open the rows to see which topics grow, and by how much
-- rows: trends
SELECT key, count(*) AS value, sum(recent) AS cases FROM rows
WHERE recent > 2 AND recent * 2 > before * 3 GROUP BY key
