-- Messages are written by one function. Their channels come from the rules with each call.

create function shice.send_messages(template text, channels text[], messages jsonb, now timestamptz)
  returns table (entry uuid, channel text, has_account boolean, fresh boolean)
  language sql volatile security definer set search_path = '' as $$
  with wanted as (
    select i.* from jsonb_to_recordset(send_messages.messages) as i(campaign uuid, application uuid, account uuid,
      organisation uuid, role text, entry uuid, recipient text, parameters jsonb, circular uuid, key text, "unlessUnread" boolean)
  ), reader as (
    select w.campaign, w.application, null::uuid as entry, w.account, null::text as recipient, w.parameters, w.circular,
      w.key, send_messages.channels as reach
    from wanted w where w.account is not null
    union all
    select w.campaign, w.application, null, p.account_id, null, w.parameters, w.circular, w.key || ':' || p.account_id,
      send_messages.channels
    from wanted w
    join shice.post p on p.organisation_id = w.organisation and p.role = w.role
      and p.valid_from <= send_messages.now and (p.valid_to is null or p.valid_to > send_messages.now)
    where w."unlessUnread" is not true or not exists (
      select from shice.message u where u.account_id = p.account_id and u.template = send_messages.template
        and u.channel = 'inbox' and u.read_at is null and u.parameters = w.parameters)
    union all
    -- Inbox, mail and short message where the teacher has an account; a short message to the roster's number where not.
    select w.campaign, a.id, r.id, t.id, case when t.id is null then w.recipient end, w.parameters, w.circular, w.key,
      array(select c from unnest(send_messages.channels) as c
        where case when t.id is null then c = 'sms' and w.recipient is not null
          else c = 'inbox' or (c = 'email' and t.email_sealed is not null) or (c = 'sms' and t.mobile_sealed is not null) end)
    from wanted w
    join shice.roster_entry r on r.id = w.entry and r.campaign_id = w.campaign and r.confirmation_point_id = shice.scope_id()
    left join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
    left join shice.account t on t.person_id = p.id and t.kind = 'applicant' and t.disabled_at is null
    left join shice.application a on a.campaign_id = r.campaign_id and a.id = w.application and a.person_id = p.id
  ), way as (
    select r.*, c as channel from reader r cross join unnest(r.reach) as c
  ), written as (
    insert into shice.message as m (campaign_id, application_id, roster_entry_id, account_id, channel, template, parameters,
        recipient_sealed, circular_id, dedupe_key, state, created_at)
      select w.campaign, w.application, w.entry, w.account, w.channel, send_messages.template, coalesce(w.parameters, '{}'),
        w.recipient::bytea, w.circular, w.key, case w.channel when 'inbox' then 'sent' else 'queued' end, send_messages.now
      from way w
      on conflict (dedupe_key, channel) do nothing
      returning m.dedupe_key, m.channel
  )
  select w.entry, w.channel, w.account is not null, x.channel is not null
  from way w left join written x on x.dedupe_key = w.key and x.channel = w.channel
  order by array_position(send_messages.channels, w.channel)
$$;
comment on function shice.send_messages is
  'The only writer of shice.message. Readers are accounts, holders of posts, or teachers of the caller''s own roster: the caller may see none of their accounts';
revoke all on function shice.send_messages from public;
grant execute on function shice.send_messages to shice_applicant, shice_school, shice_authority, shice_review, shice_all,
  shice_accounts, shice_public, shice_system;

drop function shice.tell_leads, shice.tell_of_roster, shice.tell_clerks_of_difference, shice.tell_office, shice.tell_teacher,
  shice.tell_certificate_clash;
comment on table shice.application is 'One teacher in one campaign; state is changed by case/transition.ts alone';
