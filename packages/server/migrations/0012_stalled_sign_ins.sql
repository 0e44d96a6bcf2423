-- A registration that a crash broke off has left a sign-in without an account. Whoever registers again is not kept
-- waiting for the hourly clearing: what was begun before `made_before` is taken away on the spot.
create function shice.clear_stalled_sign_in(sign_in_name text, made_before timestamptz) returns text
  language plpgsql security definer set search_path = '' as $$
declare found auth."user";
begin
  select * into found from auth."user" u where u.email = clear_stalled_sign_in.sign_in_name for update;
  if found.id is null then return 'absent'; end if;
  if exists (select from shice.account a where a.id = found.id) then return 'complete'; end if;
  if found.created_at >= made_before then return 'under-way'; end if;
  delete from auth."user" u where u.id = found.id;
  return 'removed';
end $$;
comment on function shice.clear_stalled_sign_in is 'complete, under-way, absent, or removed: what became of the sign-in of this name';
revoke all on function shice.clear_stalled_sign_in from public;
grant execute on function shice.clear_stalled_sign_in to shice_accounts;
