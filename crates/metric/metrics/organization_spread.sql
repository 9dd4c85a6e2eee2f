-- title: Spread over organizations
-- chaoss: Organizational Diversity
-- definition: how many organizations of equal size would be as diverse as those whose people made the commits of the
--   period: one over the sum of the squares of their shares
-- unit: number
-- good: up
-- caveat: only people whose organization is known count; it is the one they are with now
-- caveat: the inverse Simpson index
-- since: commits are collected
-- rows: deeds
SELECT key, 1.0 / sum(part * part) AS value, sum(parts) AS cases FROM (
  SELECT key, parts, parts * 1.0 / sum(parts) OVER (PARTITION BY key) AS part
  FROM (SELECT key, organization, count(*) AS parts FROM rows WHERE kind IN ('authored', 'co_authored') AND organization IS NOT NULL GROUP BY key, organization) AS shares
) AS squares GROUP BY key
