ALTER TABLE "directory"."affiliation" ALTER COLUMN "organisation_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "directory"."affiliation" ADD COLUMN "organisation_name" text;--> statement-breakpoint
CREATE INDEX "affiliation_profile_idx" ON "directory"."affiliation" USING btree ("profile_id");--> statement-breakpoint
CREATE INDEX "organisation_name_idx" ON "directory"."organisation" USING btree (platform.normalise("name") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "organisation_territory_idx" ON "directory"."organisation" USING btree ("territory_id");--> statement-breakpoint
CREATE INDEX "organisation_departement_idx" ON "directory"."organisation" USING btree ("departement_id");--> statement-breakpoint
CREATE INDEX "person_family_prefix_idx" ON "directory"."person" USING btree (platform.normalise("family_name") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "person_given_prefix_idx" ON "directory"."person" USING btree (platform.normalise("given_name") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "person_phone_idx" ON "directory"."person" USING btree (right(regexp_replace("phone", '\D', '', 'g'), 9));--> statement-breakpoint
CREATE INDEX "person_departement_idx" ON "directory"."person" USING btree ("departement_id");--> statement-breakpoint
CREATE INDEX "person_merged_idx" ON "directory"."person" USING btree ("merged_into_id") WHERE "directory"."person"."merged_into_id" is not null;--> statement-breakpoint
ALTER TABLE "directory"."affiliation" ADD CONSTRAINT "affiliation_organisation_is_named_once" CHECK ("directory"."affiliation"."organisation_id" is null or "directory"."affiliation"."organisation_name" is null);--> statement-breakpoint
ALTER TABLE "directory"."affiliation" ADD CONSTRAINT "affiliation_says_something" CHECK (coalesce("directory"."affiliation"."organisation_id"::text, "directory"."affiliation"."organisation_name", "directory"."affiliation"."function", "directory"."affiliation"."profile_id") is not null);