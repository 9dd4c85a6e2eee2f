-- title: Took more than was asked for
-- definition: the share of the questions that somebody helped with which took a higher support tier than their
--   opening asked for
-- unit: share
-- good: down
-- caveat: both tiers are judged by signs in the words, and can be corrected
-- rows: questions
SELECT key, avg(CASE WHEN observed_tier > tier THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases FROM rows WHERE tier IS NOT NULL AND observed_tier IS NOT NULL GROUP BY key
