-- about: a question that is asked again and again and that no page answers, when it was last asked
-- dimensions: none
SELECT gap_id, title, questions, people, unanswered, last_time AS time FROM gaps
