CREATE SCHEMA IF NOT EXISTS "platform";
--> statement-breakpoint
CREATE SCHEMA "accounts";
--> statement-breakpoint
CREATE SCHEMA "activities";
--> statement-breakpoint
CREATE SCHEMA "directory";
--> statement-breakpoint
CREATE SCHEMA "territory";
--> statement-breakpoint
CREATE TABLE "platform"."change" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"actor_label" text NOT NULL,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" text NOT NULL,
	"fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "platform"."file" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	"uploaded_by" uuid
);
--> statement-breakpoint
CREATE TABLE "platform"."mail" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"purpose" text NOT NULL,
	"to_address" text NOT NULL,
	"to_name" text,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text,
	"calendar" jsonb,
	"entity" text,
	"entity_id" text,
	"status" text DEFAULT 'waiting' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "platform"."outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"start_after" timestamp with time zone,
	"dispatched_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "platform"."progress" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"label" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"step" text,
	"owner_id" uuid,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"failed_reason" text,
	"result" jsonb
);
--> statement-breakpoint
CREATE TABLE "platform"."rate_limit" (
	"key" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_limit_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "platform"."setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."term" (
	"id" text PRIMARY KEY NOT NULL,
	"vocabulary" text NOT NULL,
	"code" text NOT NULL,
	"parent_id" text,
	"label" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "term_id_is_vocabulary_and_code" CHECK ("platform"."term"."id" = "platform"."term"."vocabulary" || ':' || "platform"."term"."code")
);
--> statement-breakpoint
CREATE TABLE "platform"."vocabulary_version" (
	"vocabulary" text NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_label" text NOT NULL,
	"terms" jsonb NOT NULL,
	CONSTRAINT "vocabulary_version_vocabulary_version_pk" PRIMARY KEY("vocabulary","version")
);
--> statement-breakpoint
CREATE TABLE "accounts"."one_time_link" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_hash" text NOT NULL,
	"purpose" text NOT NULL,
	"user_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "one_time_link_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "accounts"."session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"device" text,
	CONSTRAINT "session_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "accounts"."user" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"password_hash" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone,
	CONSTRAINT "user_personId_unique" UNIQUE("person_id"),
	CONSTRAINT "user_password_is_argon2id" CHECK ("accounts"."user"."password_hash" is null or "accounts"."user"."password_hash" like '$argon2id$%')
);
--> statement-breakpoint
CREATE TABLE "activities"."activity" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"kind_id" text NOT NULL,
	"title" text NOT NULL,
	"summary" text,
	"description" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"visibility" text DEFAULT 'public' NOT NULL,
	"mode" text NOT NULL,
	"role" text NOT NULL,
	"scale" text NOT NULL,
	"main_theme_id" text,
	"series_id" uuid,
	"place" text,
	"address" text,
	"departement_id" text,
	"remote_link" text,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"computed_half_days" integer DEFAULT 0 NOT NULL,
	"half_days_override" integer,
	"half_days_reason" text,
	"half_days" integer GENERATED ALWAYS AS (coalesce(half_days_override, computed_half_days)) STORED NOT NULL,
	"unidentified_count" integer DEFAULT 0 NOT NULL,
	"unidentified_basis" text DEFAULT 'counted' NOT NULL,
	"registration_open" boolean DEFAULT false NOT NULL,
	"registration_closes_at" timestamp with time zone,
	"capacity_onsite" integer,
	"capacity_remote" integer,
	"waiting_list" boolean DEFAULT true NOT NULL,
	"ask_accessibility" boolean DEFAULT true NOT NULL,
	"cancelled_reason" text,
	"published_at" timestamp with time zone,
	"calendar_sequence" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"search" text GENERATED ALWAYS AS (platform.normalise(title || ' ' || coalesce(place, ''))) STORED NOT NULL,
	CONSTRAINT "activity_slug_unique" UNIQUE("slug"),
	CONSTRAINT "activity_has_a_title" CHECK (length(trim("activities"."activity"."title")) > 0),
	CONSTRAINT "activity_capacity_is_sensible" CHECK (coalesce("activities"."activity"."capacity_onsite", 0) between 0 and 100000 and coalesce("activities"."activity"."capacity_remote", 0) between 0 and 100000),
	CONSTRAINT "activity_unidentified_is_sensible" CHECK ("activities"."activity"."unidentified_count" between 0 and 100000),
	CONSTRAINT "activity_override_has_a_reason" CHECK ("activities"."activity"."half_days_override" is null or ("activities"."activity"."half_days_override" between 0 and 1000 and length(trim(coalesce("activities"."activity"."half_days_reason", ''))) > 0))
);
--> statement-breakpoint
CREATE TABLE "activities"."document" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"file_id" uuid,
	"url" text,
	"public" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "document_is_a_file_or_a_link" CHECK (("activities"."document"."file_id" is null) <> ("activities"."document"."url" is null))
);
--> statement-breakpoint
CREATE TABLE "activities"."activity_partner" (
	"activity_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"part" text,
	CONSTRAINT "activity_partner_activity_id_organisation_id_pk" PRIMARY KEY("activity_id","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "activities"."activity_territory" (
	"activity_id" uuid NOT NULL,
	"territory_id" text NOT NULL,
	CONSTRAINT "activity_territory_activity_id_territory_id_pk" PRIMARY KEY("activity_id","territory_id")
);
--> statement-breakpoint
CREATE TABLE "activities"."activity_theme" (
	"activity_id" uuid NOT NULL,
	"theme_id" text NOT NULL,
	CONSTRAINT "activity_theme_activity_id_theme_id_pk" PRIMARY KEY("activity_id","theme_id")
);
--> statement-breakpoint
CREATE TABLE "activities"."attendance" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"status" text NOT NULL,
	"mode" text DEFAULT 'onsite' NOT NULL,
	"source" text NOT NULL,
	"arrival" bigint GENERATED ALWAYS AS IDENTITY (sequence name "activities"."attendance_arrival_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"profile_id" text,
	"function" text,
	"organisation_id" uuid,
	"organisation_name" text,
	"departement_id" text,
	"accessibility_needs" text,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"registered_at" timestamp with time zone NOT NULL,
	"status_at" timestamp with time zone NOT NULL,
	"link_version" integer DEFAULT 1 NOT NULL,
	"reminder_sent_at" timestamp with time zone,
	CONSTRAINT "attendance_person_once" UNIQUE("activity_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "activities"."programme_item" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"starts_at" timestamp with time zone,
	"title" text NOT NULL,
	"description" text
);
--> statement-breakpoint
CREATE TABLE "activities"."question" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"label" text NOT NULL,
	"hint" text,
	"kind" text NOT NULL,
	"required" boolean DEFAULT false NOT NULL,
	"options" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"condition" jsonb
);
--> statement-breakpoint
CREATE TABLE "activities"."series" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "series_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "activities"."session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"title" text,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"place" text,
	"remote_link" text,
	CONSTRAINT "session_ends_after_it_starts" CHECK ("activities"."session"."ends_at" > "activities"."session"."starts_at"),
	CONSTRAINT "session_is_not_endless" CHECK ("activities"."session"."ends_at" <= "activities"."session"."starts_at" + interval '60 days')
);
--> statement-breakpoint
CREATE TABLE "activities"."speaker" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"programme_item_id" uuid,
	"position" integer NOT NULL,
	"person_id" uuid,
	"name" text NOT NULL,
	"function" text,
	"organisation_id" uuid,
	"organisation_name" text
);
--> statement-breakpoint
CREATE TABLE "directory"."affiliation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"function" text,
	"profile_id" text,
	"valid_from" date,
	"valid_to" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "affiliation_ends_after_it_starts" CHECK ("directory"."affiliation"."valid_to" is null or "directory"."affiliation"."valid_from" is null or "directory"."affiliation"."valid_to" >= "directory"."affiliation"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "directory"."consent" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"given" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"how" text NOT NULL,
	"wording" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory"."organisation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"acronym" text,
	"kind_id" text,
	"siret" text,
	"email" text,
	"phone" text,
	"website" text,
	"territory_id" text,
	"departement_id" text,
	"note" text,
	"merged_into_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"search" text GENERATED ALWAYS AS (platform.normalise(name || ' ' || coalesce(acronym, ''))) STORED NOT NULL,
	CONSTRAINT "organisation_siret_unique" UNIQUE("siret"),
	CONSTRAINT "organisation_has_a_name" CHECK (length(trim("directory"."organisation"."name")) > 0),
	CONSTRAINT "organisation_siret_is_14_digits" CHECK ("directory"."organisation"."siret" ~ '^[0-9]{14}$')
);
--> statement-breakpoint
CREATE TABLE "directory"."person" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"given_name" text NOT NULL,
	"family_name" text NOT NULL,
	"email" text,
	"phone" text,
	"departement_id" text,
	"note" text,
	"merged_into_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"search" text GENERATED ALWAYS AS (platform.normalise(given_name || ' ' || family_name || ' ' || coalesce(email, ''))) STORED NOT NULL,
	CONSTRAINT "person_not_merged_into_itself" CHECK ("directory"."person"."merged_into_id" is distinct from "directory"."person"."id"),
	CONSTRAINT "person_has_a_name" CHECK (length(trim("directory"."person"."family_name")) > 0)
);
--> statement-breakpoint
CREATE TABLE "territory"."territory" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"detail" text,
	"departement_code" text,
	"population" integer,
	"vintage_id" text NOT NULL,
	"search" text GENERATED ALWAYS AS (platform.normalise(name || ' ' || code)) STORED NOT NULL
);
--> statement-breakpoint
CREATE TABLE "territory"."link" (
	"child_id" text NOT NULL,
	"parent_id" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"vintage_id" text NOT NULL,
	CONSTRAINT "link_child_id_parent_id_valid_from_pk" PRIMARY KEY("child_id","parent_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "territory"."vintage" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"attribution" text NOT NULL,
	"year" integer NOT NULL,
	"loaded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts"."one_time_link" ADD CONSTRAINT "one_time_link_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "accounts"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts"."session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "accounts"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts"."user" ADD CONSTRAINT "user_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."activity" ADD CONSTRAINT "activity_kind_id_term_id_fk" FOREIGN KEY ("kind_id") REFERENCES "platform"."term"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "activities"."activity" ADD CONSTRAINT "activity_main_theme_id_term_id_fk" FOREIGN KEY ("main_theme_id") REFERENCES "platform"."term"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "activities"."activity" ADD CONSTRAINT "activity_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "activities"."series"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."activity" ADD CONSTRAINT "activity_departement_id_territory_id_fk" FOREIGN KEY ("departement_id") REFERENCES "territory"."territory"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."document" ADD CONSTRAINT "document_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."document" ADD CONSTRAINT "document_file_id_file_id_fk" FOREIGN KEY ("file_id") REFERENCES "platform"."file"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."activity_partner" ADD CONSTRAINT "activity_partner_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."activity_partner" ADD CONSTRAINT "activity_partner_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "directory"."organisation"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."activity_territory" ADD CONSTRAINT "activity_territory_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."activity_territory" ADD CONSTRAINT "activity_territory_territory_id_territory_id_fk" FOREIGN KEY ("territory_id") REFERENCES "territory"."territory"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."activity_theme" ADD CONSTRAINT "activity_theme_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."activity_theme" ADD CONSTRAINT "activity_theme_theme_id_term_id_fk" FOREIGN KEY ("theme_id") REFERENCES "platform"."term"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD CONSTRAINT "attendance_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD CONSTRAINT "attendance_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD CONSTRAINT "attendance_profile_id_term_id_fk" FOREIGN KEY ("profile_id") REFERENCES "platform"."term"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD CONSTRAINT "attendance_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "directory"."organisation"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD CONSTRAINT "attendance_departement_id_territory_id_fk" FOREIGN KEY ("departement_id") REFERENCES "territory"."territory"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."programme_item" ADD CONSTRAINT "programme_item_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."question" ADD CONSTRAINT "question_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."session" ADD CONSTRAINT "session_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."speaker" ADD CONSTRAINT "speaker_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."speaker" ADD CONSTRAINT "speaker_programme_item_id_programme_item_id_fk" FOREIGN KEY ("programme_item_id") REFERENCES "activities"."programme_item"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."speaker" ADD CONSTRAINT "speaker_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."speaker" ADD CONSTRAINT "speaker_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "directory"."organisation"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."affiliation" ADD CONSTRAINT "affiliation_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."affiliation" ADD CONSTRAINT "affiliation_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "directory"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."affiliation" ADD CONSTRAINT "affiliation_profile_id_term_id_fk" FOREIGN KEY ("profile_id") REFERENCES "platform"."term"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "directory"."consent" ADD CONSTRAINT "consent_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."organisation" ADD CONSTRAINT "organisation_kind_id_term_id_fk" FOREIGN KEY ("kind_id") REFERENCES "platform"."term"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "directory"."organisation" ADD CONSTRAINT "organisation_territory_id_territory_id_fk" FOREIGN KEY ("territory_id") REFERENCES "territory"."territory"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."organisation" ADD CONSTRAINT "organisation_departement_id_territory_id_fk" FOREIGN KEY ("departement_id") REFERENCES "territory"."territory"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."organisation" ADD CONSTRAINT "organisation_merged_into_id_organisation_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "directory"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."person" ADD CONSTRAINT "person_departement_id_territory_id_fk" FOREIGN KEY ("departement_id") REFERENCES "territory"."territory"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."person" ADD CONSTRAINT "person_merged_into_id_person_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "directory"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory"."territory" ADD CONSTRAINT "territory_vintage_id_vintage_id_fk" FOREIGN KEY ("vintage_id") REFERENCES "territory"."vintage"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory"."link" ADD CONSTRAINT "link_child_id_territory_id_fk" FOREIGN KEY ("child_id") REFERENCES "territory"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory"."link" ADD CONSTRAINT "link_parent_id_territory_id_fk" FOREIGN KEY ("parent_id") REFERENCES "territory"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory"."link" ADD CONSTRAINT "link_vintage_id_vintage_id_fk" FOREIGN KEY ("vintage_id") REFERENCES "territory"."vintage"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "change_entity_idx" ON "platform"."change" USING btree ("entity","entity_id","id");--> statement-breakpoint
CREATE INDEX "change_at_idx" ON "platform"."change" USING btree ("at");--> statement-breakpoint
CREATE INDEX "mail_entity_idx" ON "platform"."mail" USING btree ("entity","entity_id");--> statement-breakpoint
CREATE INDEX "mail_created_idx" ON "platform"."mail" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "outbox_waiting_idx" ON "platform"."outbox" USING btree ("id") WHERE "platform"."outbox"."dispatched_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "term_code_idx" ON "platform"."term" USING btree ("vocabulary","code");--> statement-breakpoint
CREATE INDEX "one_time_link_user_idx" ON "accounts"."one_time_link" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user_idx" ON "accounts"."session" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_email_idx" ON "accounts"."user" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "activity_agenda_idx" ON "activities"."activity" USING btree ("starts_at") WHERE "activities"."activity"."status" <> 'draft' and "activities"."activity"."visibility" = 'public';--> statement-breakpoint
CREATE INDEX "activity_starts_idx" ON "activities"."activity" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "activity_search_idx" ON "activities"."activity" USING gin ("search" public.gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "document_activity_idx" ON "activities"."document" USING btree ("activity_id","position");--> statement-breakpoint
CREATE INDEX "activity_partner_idx" ON "activities"."activity_partner" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "activity_territory_idx" ON "activities"."activity_territory" USING btree ("territory_id");--> statement-breakpoint
CREATE INDEX "activity_theme_idx" ON "activities"."activity_theme" USING btree ("theme_id");--> statement-breakpoint
CREATE INDEX "attendance_person_idx" ON "activities"."attendance" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attendance_status_idx" ON "activities"."attendance" USING btree ("activity_id","status","mode","arrival");--> statement-breakpoint
CREATE INDEX "attendance_organisation_idx" ON "activities"."attendance" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "programme_item_activity_idx" ON "activities"."programme_item" USING btree ("activity_id","position");--> statement-breakpoint
CREATE INDEX "question_activity_idx" ON "activities"."question" USING btree ("activity_id","position");--> statement-breakpoint
CREATE INDEX "session_activity_idx" ON "activities"."session" USING btree ("activity_id","starts_at");--> statement-breakpoint
CREATE INDEX "speaker_activity_idx" ON "activities"."speaker" USING btree ("activity_id","position");--> statement-breakpoint
CREATE INDEX "speaker_person_idx" ON "activities"."speaker" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "affiliation_person_idx" ON "directory"."affiliation" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "affiliation_organisation_idx" ON "directory"."affiliation" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "consent_person_idx" ON "directory"."consent" USING btree ("person_id","purpose","at");--> statement-breakpoint
CREATE INDEX "organisation_search_idx" ON "directory"."organisation" USING gin ("search" public.gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "person_email_idx" ON "directory"."person" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "person_search_idx" ON "directory"."person" USING gin ("search" public.gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "person_name_idx" ON "directory"."person" USING btree (platform.normalise("family_name"),platform.normalise("given_name"));--> statement-breakpoint
CREATE INDEX "territory_kind_idx" ON "territory"."territory" USING btree ("kind","departement_code");--> statement-breakpoint
CREATE INDEX "territory_search_idx" ON "territory"."territory" USING gin ("search" public.gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "link_parent_idx" ON "territory"."link" USING btree ("parent_id");