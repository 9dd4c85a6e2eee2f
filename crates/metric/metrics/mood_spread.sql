-- title: Spread of the mood
-- definition: the standard deviation of the mood of the messages that people wrote in the period
-- unit: number
-- good: neither
-- caveat: where the mean stands still and this grows, people begin to disagree
-- rows: moods
SELECT key, stddev_pop(sentiment) AS value, count(*) AS cases FROM rows GROUP BY key
