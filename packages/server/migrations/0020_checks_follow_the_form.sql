-- What was compared with the certificate counts for the value that was compared: a value that the teacher changes
-- afterwards is compared anew (Notice §四(二)).
grant delete on shice.certificate_check to shice_applicant, shice_school;
