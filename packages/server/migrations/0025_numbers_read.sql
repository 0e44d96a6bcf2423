-- What stands on the certificate is read from its scan, to be compared with what was typed from the same certificate.
alter table shice.attachment
  add column waits_for_reading boolean not null default false,
  add column numbers_sealed bytea;
comment on column shice.attachment.waits_for_reading is 'A page on which a certificate number should stand, until the machine has read it';
comment on column shice.attachment.numbers_sealed is 'The certificate numbers that the machine read on it, sealed as the form''s own; null where there are none';
