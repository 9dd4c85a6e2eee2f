-- title: Mood
-- definition: the mean mood of the messages that people wrote in the period, by the words that they use
-- unit: number
-- good: up
-- caveat: words are a weak sign of a mood; compare a channel with itself, not with another
-- rows: moods
SELECT key, avg(sentiment) AS value, count(*) AS cases FROM rows GROUP BY key
