-- title: Messages
-- definition: messages that people wrote in the period
-- unit: count
-- good: neither
-- caveat: charts by question count those in the questions of each stretch instead, whenever they were written
-- rows: written
SELECT key, count(*) AS value, count(*) AS cases FROM rows GROUP BY key
