-- about: what a person did that adds to the project, answers to questions among it
-- dimensions: source, channel, organization, staff
SELECT kind, time, source, channel, person_id, organization, staff FROM deeds
UNION ALL
SELECT 'answered' AS kind, time, source, channel, person_id, organization, staff FROM answers
