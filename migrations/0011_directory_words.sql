DROP INDEX "directory"."person_name_idx";--> statement-breakpoint
DROP INDEX "directory"."person_family_prefix_idx";--> statement-breakpoint
DROP INDEX "directory"."person_given_prefix_idx";--> statement-breakpoint
DROP INDEX "directory"."organisation_name_idx";--> statement-breakpoint
ALTER TABLE "directory"."person" ADD COLUMN "sort_name" text collate "C" GENERATED ALWAYS AS (platform.normalise(family_name || ' ' || given_name)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "person_sort_idx" ON "directory"."person" USING btree ("sort_name");--> statement-breakpoint
CREATE INDEX "person_begins_idx" ON "directory"."person" USING btree ("search" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "organisation_name_idx" ON "directory"."organisation" USING btree (platform.normalise("name"));