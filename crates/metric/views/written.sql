-- about: a message of a person
-- dimensions: source, channel, organization, staff
SELECT m.message_id, m.conversation_id, m.time, m.source, m.channel, i.person_id, p.first_seen, p.organization, p.staff
FROM messages AS m JOIN identities AS i ON i.identity_id = m.identity_id JOIN people AS p ON p.person_id = i.person_id
WHERE NOT p.bot
