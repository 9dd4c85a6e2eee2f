-- about: a question of a person: a conversation whose opening asks for something
-- dimensions: source, channel, tier, organization, staff
SELECT c.conversation_id, c.opened AS time, c.source, c.channel, c.asked_tier AS tier, c.observed_tier, c.observed_signs,
  c.state, c.opener_person_id AS person_id, c.first_response, c.first_responder_id, c.promised_until, c.waiting_since,
  c.last_time, (extract(epoch FROM c.first_response) - extract(epoch FROM c.opened)) / 3600.0 AS hours,
  p.organization, coalesce(p.staff, false) AS staff
FROM conversations AS c LEFT JOIN people AS p ON p.person_id = c.opener_person_id
WHERE c.is_question AND NOT coalesce(p.bot, false)
