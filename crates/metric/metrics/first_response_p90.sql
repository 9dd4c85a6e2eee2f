-- title: Time to first response (90 of 100)
-- chaoss: Time to First Response
-- definition: 90 of 100 questions that got a response by another person who is no bot got it within this time
-- unit: hours
-- good: down
-- caveat: questions without a response are not in it: read it beside the share answered
-- rows: questions
SELECT key, percentile_cont(0.9) WITHIN GROUP (ORDER BY hours) AS value, count(hours) AS cases
FROM rows WHERE hours >= 0 GROUP BY key
