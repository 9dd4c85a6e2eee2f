-- title: Share of questions answered
-- definition: the share of the questions in which another person responded or which were resolved
-- unit: share
-- good: up
-- caveat: of the latest questions many will still be answered
-- rows: questions
SELECT key, avg(CASE WHEN first_response IS NOT NULL OR state = 'resolved' THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases FROM rows GROUP BY key
