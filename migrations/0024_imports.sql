CREATE TABLE "directory"."import_memory" (
	"kind" text NOT NULL,
	"headers" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"choices" jsonb NOT NULL,
	"used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_memory_kind_headers_pk" PRIMARY KEY("kind","headers")
);
--> statement-breakpoint
CREATE TABLE "directory"."import_row" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"cells" text[] NOT NULL,
	"said" jsonb,
	"outcome" text NOT NULL,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"target_id" uuid,
	"twin_of" integer,
	"candidates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"decision" text,
	"decided_id" uuid,
	"written_at" timestamp with time zone,
	CONSTRAINT "import_row_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "directory"."import_trace" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "directory"."import_trace_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"act" text NOT NULL,
	"fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"print" text,
	"fate" text
);
--> statement-breakpoint
CREATE TABLE "directory"."import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"file_size" bigint NOT NULL,
	"sheet" text,
	"header_line" integer DEFAULT 1 NOT NULL,
	"headers" text[] NOT NULL,
	"mapping" jsonb NOT NULL,
	"choices" jsonb NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"refusal" text,
	"progress_id" uuid,
	"owner_id" uuid,
	"owner_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	"cleared_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "directory"."import_row" ADD CONSTRAINT "import_row_import_id_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "directory"."import"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "directory"."import_trace" ADD CONSTRAINT "import_trace_import_id_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "directory"."import"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "import_row_outcome_idx" ON "directory"."import_row" USING btree ("import_id","outcome","line");
--> statement-breakpoint
CREATE INDEX "import_trace_idx" ON "directory"."import_trace" USING btree ("import_id","entity","act");
--> statement-breakpoint
CREATE INDEX "import_trace_entity_idx" ON "directory"."import_trace" USING btree ("entity_id");
--> statement-breakpoint
CREATE INDEX "import_created_idx" ON "directory"."import" USING btree ("created_at");
