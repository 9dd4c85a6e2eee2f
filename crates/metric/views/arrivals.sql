-- about: a person who joined a channel or left it, where a source tells
-- dimensions: source, channel, organization, staff
SELECT a.kind, a.time, a.source, a.channel, i.person_id, p.organization, p.staff
FROM activities AS a JOIN identities AS i ON i.identity_id = a.identity_id JOIN people AS p ON p.person_id = i.person_id
WHERE a.kind IN ('joined', 'left', 'kicked') AND NOT p.bot
