-- about: a person, at the time when they were first seen anywhere
-- dimensions: organization, staff
SELECT person_id, first_seen AS time, last_seen, messages, activities, organization, staff FROM people WHERE NOT bot
