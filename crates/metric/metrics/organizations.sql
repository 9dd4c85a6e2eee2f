-- title: Organizations that contribute
-- chaoss: Organizational Diversity
-- definition: organizations whose people did something that adds to the project in the period
-- unit: count
-- good: up
-- caveat: only people whose organization is known count; it is the one they are with now
-- rows: contributions
SELECT key, count(DISTINCT organization) AS value, count(organization) AS cases FROM rows WHERE organization IS NOT NULL GROUP BY key
