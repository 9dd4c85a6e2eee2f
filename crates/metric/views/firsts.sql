-- about: when a person did something of a kind for the first time: asked, answered, or what `deeds` has
-- dimensions: organization, staff
SELECT d.kind, d.person_id, d.time, p.organization, p.staff
FROM (
  SELECT kind, person_id, min(first_time) AS time FROM doings WHERE kind <> 'wrote' GROUP BY kind, person_id
) AS d JOIN people AS p ON p.person_id = d.person_id
WHERE NOT p.bot
