-- An organisation that was merged shows the facts of the one that was kept, and counts as it.
CREATE OR REPLACE VIEW directory.organisation_card AS
SELECT o.id, k.name, k.acronym, k.kind_id, k.territory_id, k.departement_id, o.search, k.id AS identity_id
FROM directory.organisation o JOIN directory.organisation k ON k.id = coalesce(o.merged_into_id, o.id);
--> statement-breakpoint
-- People merged before merges were recorded can be parted too; what was filled then is not known.
INSERT INTO directory.merge (entity, kept_id, dropped_id, follower_ids, kept_fields, dropped_fields, by_label, at)
SELECT 'person', merged_into_id, id, '{}', '{}', '{}', 'Fusion ancienne', updated_at FROM directory.person WHERE merged_into_id IS NOT NULL;
