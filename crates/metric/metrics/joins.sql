-- title: People who joined
-- definition: people who joined a channel or made an account in the period
-- unit: people
-- good: up
-- caveat: in chat, who loses the connection joins again: people are counted once
-- since: the source tells who joins
-- rows: arrivals
SELECT key, count(DISTINCT person_id) AS value, count(*) AS cases FROM rows WHERE kind = 'joined' GROUP BY key
