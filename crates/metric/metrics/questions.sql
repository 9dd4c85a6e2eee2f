-- title: Questions
-- definition: conversations that a person opened with a question in the period
-- unit: count
-- good: neither
-- rows: questions
SELECT key, count(*) AS value, count(*) AS cases FROM rows GROUP BY key
