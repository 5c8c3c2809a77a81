CREATE TABLE "territory"."former_name" (
	"territory_id" text NOT NULL,
	"name" text NOT NULL,
	"year" integer NOT NULL,
	"search" text GENERATED ALWAYS AS (platform.normalise(name)) STORED NOT NULL,
	CONSTRAINT "former_name_territory_id_name_pk" PRIMARY KEY("territory_id","name")
);
--> statement-breakpoint
CREATE TABLE "territory"."succession" (
	"former_id" text NOT NULL,
	"next_id" text NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "succession_former_id_next_id_pk" PRIMARY KEY("former_id","next_id")
);
--> statement-breakpoint
ALTER TABLE "territory"."territory" drop column "search";--> statement-breakpoint
ALTER TABLE "territory"."territory" ADD COLUMN "search" text GENERATED ALWAYS AS (platform.normalise(name || ' ' || code || ' ' || coalesce(detail, ''))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "territory"."territory" ADD COLUMN "valid_from" date;--> statement-breakpoint
ALTER TABLE "territory"."territory" ADD COLUMN "valid_to" date;--> statement-breakpoint
ALTER TABLE "territory"."former_name" ADD CONSTRAINT "former_name_territory_id_territory_id_fk" FOREIGN KEY ("territory_id") REFERENCES "territory"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory"."succession" ADD CONSTRAINT "succession_former_id_territory_id_fk" FOREIGN KEY ("former_id") REFERENCES "territory"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "territory"."succession" ADD CONSTRAINT "succession_next_id_territory_id_fk" FOREIGN KEY ("next_id") REFERENCES "territory"."territory"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "succession_next_idx" ON "territory"."succession" USING btree ("next_id");--> statement-breakpoint
ALTER TABLE "territory"."link" ADD CONSTRAINT "link_ends_after_it_starts" CHECK ("territory"."link"."valid_to" is null or "territory"."link"."valid_to" >= "territory"."link"."valid_from");--> statement-breakpoint
-- Dropping the column dropped its index.
CREATE INDEX "territory_search_idx" ON "territory"."territory" USING gin ("search" public.gin_trgm_ops);
