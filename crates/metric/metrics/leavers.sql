-- title: People who left
-- definition: the share of the people who joined or left a channel in the period who were last seen leaving one
-- unit: share
-- good: down
-- caveat: in chat, people leave every evening: compare it with itself
-- since: the source tells who leaves
-- rows: arrivals
SELECT key, avg(CASE WHEN gone THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases FROM (
  SELECT key, person_id,
    max(CASE WHEN kind <> 'joined' THEN time END) > coalesce(max(CASE WHEN kind = 'joined' THEN time END), {from}) AS gone
  FROM rows GROUP BY key, person_id
) AS stays GROUP BY key
