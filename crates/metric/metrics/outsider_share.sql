-- title: Answered by somebody outside the team
-- definition: the share of the questions with a response whose first response was by nobody of the team’s own staff
-- unit: share
-- good: up
-- caveat: it knows only those as staff who have the tag staff
-- rows: questions
SELECT r.key, avg(CASE WHEN coalesce(p.staff, false) THEN 0.0 ELSE 1.0 END) AS value, count(*) AS cases
FROM rows AS r LEFT JOIN people AS p ON p.person_id = r.first_responder_id
WHERE r.first_response IS NOT NULL GROUP BY r.key
