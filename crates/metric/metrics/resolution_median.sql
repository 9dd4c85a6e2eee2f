-- title: Time to resolution (median)
-- chaoss: Issue Resolution Duration
-- definition: half of the questions that were resolved had their last message within this time
-- unit: hours
-- good: down
-- caveat: resolved is what was accepted, closed, thanked for or said to work; many go home without a word
-- caveat: the last message stands for the resolution, as sources seldom say when it was: talk that goes on makes it
--   later
-- rows: questions
SELECT key, median((extract(epoch FROM last_time) - extract(epoch FROM time)) / 3600.0) AS value, count(*) AS cases
FROM rows WHERE state = 'resolved' AND last_time >= time GROUP BY key
