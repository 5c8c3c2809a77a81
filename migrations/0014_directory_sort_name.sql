-- Two spaces end the family name: the Duponts come before the Dupont-Martins.
ALTER TABLE "directory"."person" drop column "sort_name";--> statement-breakpoint
ALTER TABLE "directory"."person" ADD COLUMN "sort_name" text collate "C" GENERATED ALWAYS AS (platform.normalise(family_name) || '  ' || platform.normalise(given_name)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "person_sort_idx" ON "directory"."person" USING btree ("sort_name");
