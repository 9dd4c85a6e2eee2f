-- title: Answered with a page
-- definition: the share of the questions with a response in which a page of documentation was pointed to, by a person
--   or a program
-- unit: share
-- good: up
-- caveat: only what was asked although there is a page: who found it alone never asked
-- caveat: a page is told by its address, whoever wrote it
-- rows: questions
SELECT key, avg(CASE WHEN (observed_signs & 32770) <> 0 THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases
-- Bits 1 and 15 of the signs: a page was pointed to, a program answered with a page (text::tier::Observed).
FROM rows WHERE first_response IS NOT NULL GROUP BY key
