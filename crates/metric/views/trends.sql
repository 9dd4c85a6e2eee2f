-- about: a topic that people ask about, when it was last asked about
-- dimensions: none
SELECT topic, kind, questions, unanswered, recent, before, sentiment, last_time AS time FROM topics
