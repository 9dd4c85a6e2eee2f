-- title: Asked in the wrong place
-- definition: the share of the questions that ask for another support tier than their channel offers
-- unit: share
-- good: down
-- caveat: a channel that offers nothing in so many words is taken to offer what it mostly gives: see `switchboard
--   tiers`
-- rows: questions
SELECT r.key, avg(CASE WHEN r.tier <> c.offered_tier THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases
FROM rows AS r JOIN channels AS c ON c.source = r.source AND c.channel = r.channel
WHERE r.tier IS NOT NULL GROUP BY r.key
