-- title: Gone quiet
-- chaoss: Inactive Contributors
-- definition: people with ten messages or activities or more who were last seen in the period, 90 days or more before
--   its end
-- unit: people
-- good: down
-- caveat: everybody may leave; ask how they are, not why they do nothing
-- rows: last_seen_people
SELECT key, count(*) AS value, count(*) AS cases FROM rows WHERE messages + activities >= 10 AND time < {until} - INTERVAL '90 days' GROUP BY key
