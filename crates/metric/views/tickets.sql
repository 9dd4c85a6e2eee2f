-- about: an issue or a change request that a person opened
-- dimensions: source, channel, organization, staff
SELECT m.kind, m.conversation_id, m.time, m.source, m.channel, m.closed, i.person_id, p.organization,
  coalesce(p.staff, false) AS staff
FROM messages AS m LEFT JOIN identities AS i ON i.identity_id = m.identity_id
  LEFT JOIN people AS p ON p.person_id = i.person_id
WHERE m.kind IN ('issue', 'change_request') AND NOT coalesce(p.bot, false)
