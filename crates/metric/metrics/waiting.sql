-- title: Waiting now
-- definition: those of the questions in which somebody waits for an answer now
-- unit: count
-- good: down
-- caveat: now is the latest sync, whenever the period ends
-- rows: questions
SELECT key, count(*) AS value, count(*) AS cases FROM rows WHERE state = 'waiting' GROUP BY key
