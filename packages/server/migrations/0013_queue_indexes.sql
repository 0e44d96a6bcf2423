-- Counts by state read the index alone: every query names the campaign, which a partition's index did not hold.
drop index shice.application_queue_of_point, shice.application_queue_of_authority, shice.application_queue_of_review,
  shice.application_queue_of_all;
create index application_queue_of_point on shice.application (confirmation_point_id, state, state_since, id) include (campaign_id);
create index application_queue_of_authority on shice.application (authority_id, state, state_since, id) include (campaign_id);
create index application_queue_of_review on shice.application (review_body_id, state, state_since, id) include (campaign_id);
create index application_queue_of_all on shice.application (state, state_since, id) include (campaign_id);
