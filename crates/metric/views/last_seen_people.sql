-- about: a person, at the time when they were last seen anywhere
-- dimensions: organization, staff
SELECT person_id, last_seen AS time, first_seen, messages, activities, organization, staff FROM people WHERE NOT bot
