-- A teacher is looked for under the name on the certificate too, where it is not today's.
alter table shice.application add column name_on_certificate text generated always as (
  case when form ->> 'certificateName' <> name then nullif(form ->> 'certificateName', '') end) stored;
comment on column shice.application.name_on_certificate is 'The name on the certificate, where the document bears another: who has changed the name is found under both';
