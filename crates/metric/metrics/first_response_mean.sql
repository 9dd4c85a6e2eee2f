-- title: Time to first response (mean)
-- chaoss: Time to First Response
-- definition: the mean time to the first response by another person who is no bot, of questions that got one
-- unit: hours
-- good: down
-- caveat: a few very late responses move it far: read it beside the median
-- rows: questions
SELECT key, avg(hours) AS value, count(hours) AS cases FROM rows WHERE hours >= 0 GROUP BY key
