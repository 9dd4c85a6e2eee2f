-- about: a person who applied a change of somebody else for the first time, having made one before
-- dimensions: organization, staff
SELECT d.person_id, d.time, d.first_change, p.organization, p.staff
FROM (
  SELECT person_id, min(CASE WHEN kind IN ('committed', 'merged') THEN first_time END) AS time,
    min(CASE WHEN kind IN ('authored', 'co_authored') THEN first_time END) AS first_change
  FROM doings WHERE kind IN ('authored', 'co_authored', 'committed', 'merged') GROUP BY person_id
) AS d JOIN people AS p ON p.person_id = d.person_id
WHERE NOT p.bot
