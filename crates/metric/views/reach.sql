-- about: a number that somebody else measured
-- dimensions: source, channel
SELECT source, channel, name, time, value, unit FROM measurements
