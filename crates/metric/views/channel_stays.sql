-- about: a person in a channel, at the time of their first message there
-- dimensions: source, channel, organization, staff
SELECT d.source, d.channel, d.person_id, d.first_time AS time, d.last_time, d.count AS messages, p.organization, p.staff
FROM doings AS d JOIN people AS p ON p.person_id = d.person_id
WHERE d.kind = 'wrote' AND NOT p.bot
