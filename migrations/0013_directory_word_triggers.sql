-- The words of names, as they are written; one statement however many rows come at once. The look-up is a scalar query, so that
-- it stays one reach into the index per word, whatever the plan was made for.
CREATE FUNCTION directory.person_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO directory.word (kind, word)
  SELECT DISTINCT 0, said.word FROM named CROSS JOIN LATERAL regexp_split_to_table(named.sort_name, '[^a-z0-9]+') AS said (word)
  WHERE length(said.word) >= 3 AND (SELECT k.id FROM directory.word k WHERE k.kind = 0 AND k.word = said.word LIMIT 1) IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION directory.organisation_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO directory.word (kind, word)
  SELECT DISTINCT 1, said.word FROM named CROSS JOIN LATERAL regexp_split_to_table(named.search, '[^a-z0-9]+') AS said (word)
  WHERE length(said.word) >= 3 AND (SELECT k.id FROM directory.word k WHERE k.kind = 1 AND k.word = said.word LIMIT 1) IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER person_words_added AFTER INSERT ON directory.person
REFERENCING NEW TABLE AS named FOR EACH STATEMENT EXECUTE FUNCTION directory.person_words();
--> statement-breakpoint
CREATE TRIGGER person_words_changed AFTER UPDATE ON directory.person
REFERENCING NEW TABLE AS named FOR EACH STATEMENT EXECUTE FUNCTION directory.person_words();
--> statement-breakpoint
CREATE TRIGGER organisation_words_added AFTER INSERT ON directory.organisation
REFERENCING NEW TABLE AS named FOR EACH STATEMENT EXECUTE FUNCTION directory.organisation_words();
--> statement-breakpoint
CREATE TRIGGER organisation_words_changed AFTER UPDATE ON directory.organisation
REFERENCING NEW TABLE AS named FOR EACH STATEMENT EXECUTE FUNCTION directory.organisation_words();
--> statement-breakpoint
-- Those who were there before.
INSERT INTO directory.word (kind, word)
SELECT DISTINCT 0, said.word FROM directory.person CROSS JOIN LATERAL regexp_split_to_table(sort_name, '[^a-z0-9]+') AS said (word) WHERE length(said.word) >= 3;
--> statement-breakpoint
INSERT INTO directory.word (kind, word)
SELECT DISTINCT 1, said.word FROM directory.organisation CROSS JOIN LATERAL regexp_split_to_table(search, '[^a-z0-9]+') AS said (word) WHERE length(said.word) >= 3;
