-- about: a person's part in answering a question of somebody else, at the time of the question
-- dimensions: source, channel, tier, organization, staff
SELECT a.conversation_id, a.time, a.source, a.channel, a.tier, a.person_id, p.organization, p.staff
FROM (
  SELECT conversation_id, opened AS time, source, channel, asked_tier AS tier, unnest(helper_person_ids) AS person_id
  FROM conversations WHERE is_question
) AS a JOIN people AS p ON p.person_id = a.person_id
WHERE NOT p.bot
