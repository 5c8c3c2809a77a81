CREATE SCHEMA "api";
--> statement-breakpoint
CREATE TABLE "api"."delivery" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event" text NOT NULL,
	"body" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"answered" integer,
	"last_error" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "api"."idempotency" (
	"token_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_token_id_key_pk" PRIMARY KEY("token_id","key")
);
--> statement-breakpoint
CREATE TABLE "api"."token" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"beginning" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "token_tokenHash_unique" UNIQUE("token_hash"),
	CONSTRAINT "token_has_a_name" CHECK (length(trim("api"."token"."name")) > 0),
	CONSTRAINT "token_has_a_scope" CHECK (cardinality("api"."token"."scopes") > 0)
);
--> statement-breakpoint
CREATE TABLE "api"."webhook" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"secret" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"stopped_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_has_events" CHECK (cardinality("api"."webhook"."events") > 0),
	CONSTRAINT "webhook_is_on_the_web" CHECK ("api"."webhook"."url" ~ '^https?://')
);
--> statement-breakpoint
ALTER TABLE "api"."delivery" ADD CONSTRAINT "delivery_webhook_id_webhook_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "api"."webhook"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api"."idempotency" ADD CONSTRAINT "idempotency_token_id_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "api"."token"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_webhook_idx" ON "api"."delivery" USING btree ("webhook_id","created_at");--> statement-breakpoint
CREATE INDEX "delivery_waiting_idx" ON "api"."delivery" USING btree ("status") WHERE "api"."delivery"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "idempotency_at_idx" ON "api"."idempotency" USING btree ("at");