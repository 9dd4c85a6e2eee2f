-- about: how a message of a person feels, from -1 to 1, by its words
-- dimensions: source, channel, organization, staff
SELECT m.message_id, m.conversation_id, m.time, m.source, m.channel, s.sentiment, i.person_id, p.organization, p.staff
FROM messages AS m JOIN signals AS s ON s.message_id = m.message_id AND s.month = m.month AND s.source = m.source
  JOIN identities AS i ON i.identity_id = m.identity_id JOIN people AS p ON p.person_id = i.person_id
WHERE NOT p.bot
