-- title: Missing documentation
-- definition: questions that are asked again and again, in the period too, and that no page answers
-- unit: count
-- good: down
-- caveat: a page counts only if one of the sources holds it
-- rows: missing_pages
SELECT key, count(*) AS value, count(*) AS cases FROM rows GROUP BY key
