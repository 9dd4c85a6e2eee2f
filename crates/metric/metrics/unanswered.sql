-- title: Without a response at the end
-- definition: questions that at the end of the period had no response and were asked less than 30 days before
-- unit: count
-- good: down
-- caveat: after 30 days nobody is taken to wait: whoever asked has gone
-- rows: questions
SELECT key, count(*) AS value, count(*) AS cases FROM rows
WHERE (first_response IS NULL OR first_response >= {until}) AND state <> 'resolved' AND time >= {until} - INTERVAL '30 days'
GROUP BY key
