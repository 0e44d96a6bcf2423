-- What stands on the certificate is read from its scan, to be compared with what was typed from the same certificate.
alter table shice.attachment add column numbers_read text[] default '{}';
comment on column shice.attachment.numbers_read is 'Certificate numbers that the machine read on a page; null while it waits to be read';
