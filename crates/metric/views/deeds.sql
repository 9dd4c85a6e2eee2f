-- about: what a person did that adds to the project: a change, a review, an edit, a report, a test, a merge, a release
-- dimensions: source, channel, organization, staff
SELECT a.activity_id, a.kind, a.time, a.source, a.channel, a.object, i.person_id, p.organization, p.staff
FROM activities AS a JOIN identities AS i ON i.identity_id = a.identity_id JOIN people AS p ON p.person_id = i.person_id
WHERE a.kind IN ('authored', 'co_authored', 'committed', 'edited', 'merged', 'released', 'reported', 'reviewed', 'tested')
  AND NOT a.merge AND NOT p.bot
