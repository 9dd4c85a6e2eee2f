-- title: New in a channel
-- definition: people who wrote in a channel for the first time in the period, once for each channel
-- unit: count
-- good: up
-- caveat: somebody may be new here and old elsewhere
-- rows: channel_stays
SELECT key, count(*) AS value, count(*) AS cases FROM rows GROUP BY key
