-- title: Burstiness
-- chaoss: Burstiness
-- definition: (s - m) / (s + m) of the times between messages, m being their mean and s their standard deviation: -1
--   as regular as a clock, 0 by chance, 1 all at once
-- unit: number
-- good: neither
-- caveat: by Goh and Barabási (2008), doi:10.1209/0295-5075/81/48002
-- caveat: nights and weekends make every community bursty: compare it with itself
-- rows: written
SELECT key, (stddev_pop(gap) - avg(gap)) / (stddev_pop(gap) + avg(gap)) AS value, count(gap) AS cases FROM (
  SELECT key, extract(epoch FROM time) - lag(extract(epoch FROM time)) OVER (PARTITION BY key ORDER BY time) AS gap FROM rows
) AS gaps_between GROUP BY key
