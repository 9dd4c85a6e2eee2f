-- title: Time to first response (median)
-- chaoss: Time to First Response
-- definition: half of the questions that got a response by another person who is no bot got it within this time
-- unit: hours
-- good: down
-- caveat: questions without a response are not in it: read it beside the share answered
-- rows: questions
SELECT key, median(hours) AS value, count(hours) AS cases FROM rows WHERE hours >= 0 GROUP BY key
