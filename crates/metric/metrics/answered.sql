-- title: Questions answered
-- definition: questions of the period in which another person responded, or which were resolved
-- unit: count
-- good: up
-- caveat: of the latest questions many will still be answered
-- rows: questions
SELECT key, count(*) AS value, count(*) AS cases FROM rows WHERE first_response IS NOT NULL OR state = 'resolved' GROUP BY key
