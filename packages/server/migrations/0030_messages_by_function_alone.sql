-- Every message is written by shice.send_messages: no role of the program inserts one by itself.
revoke insert on shice.message from shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts,
  shice_public, shice_system;
drop policy anyone_causes on shice.message;
