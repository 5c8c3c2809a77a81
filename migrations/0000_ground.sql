-- What the tables stand on: two extensions (trusted since PostgreSQL 13: the owner of the database may create them) and
-- the one function by which every search forgives accents, case, hyphens and apostrophes.
CREATE SCHEMA IF NOT EXISTS "platform";
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
--> statement-breakpoint
CREATE FUNCTION platform.normalise(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT trim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, value)), '[^a-z0-9@._+]+', ' ', 'g')) $$;
