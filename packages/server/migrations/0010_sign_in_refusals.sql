-- The security administrator (安全管理员) sees refused sign-ins, and nothing else of the audit.
drop policy accounts_read_none on shice.audit_entry;
create policy accounts_read_refused_sign_ins on shice.audit_entry for select to shice_accounts
  using (action = 'refuse-sign-in');
