-- 注册贴: numbered, supervised stock in double entry; marking; archive.

create table shice.sticker_series (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  prefix text not null,
  digits integer not null,
  created_at timestamptz not null,
  constraint sticker_series_once unique (campaign_id, prefix),
  constraint sticker_digits_sensible check (digits between 4 and 15)
);
comment on table shice.sticker_series is 'A series of serial numbers as the ministry prints them; a serial is a number within its series';

create table shice.sticker_movement (
  id uuid primary key default uuidv7(),
  series_id uuid not null references shice.sticker_series,
  serials int8range not null,
  kind text not null,
  from_place text not null,
  from_organisation_id uuid references shice.organisation,
  to_place text not null,
  to_organisation_id uuid references shice.organisation,
  conclusion text,
  campaign_id uuid,
  application_id uuid,
  custodian_id uuid not null references shice.account,
  handler_id uuid not null references shice.account,
  witness text,
  reason text,
  document text,
  at timestamptz not null,
  constraint movement_kind_known check (kind in ('receive', 'print', 'issue', 'return', 'use', 'recall', 'scrap')),
  constraint place_known check (from_place in ('ministry', 'stock', 'used', 'scrapped') and to_place in ('stock', 'used', 'scrapped')),
  constraint custodian_and_handler_are_two check (custodian_id <> handler_id),
  constraint scrap_has_reason_and_witness check (kind <> 'scrap' or (reason is not null and witness is not null)),
  constraint movement_not_empty check (not isempty(serials) and lower(serials) >= 0)
);
comment on table shice.sticker_movement is 'Every movement of stickers with custodian and handler, never changed (Notice §四(三))';
create index sticker_movement_by_series on shice.sticker_movement (series_id, at);

create table shice.sticker_holding (
  series_id uuid not null references shice.sticker_series,
  serials int8range not null,
  place text not null,
  organisation_id uuid not null references shice.organisation,
  printed_conclusion text,
  campaign_id uuid,
  application_id uuid,
  movement_id uuid not null references shice.sticker_movement,
  primary key (series_id, serials),
  constraint sticker_in_one_place exclude using gist (series_id with =, serials with &&),
  constraint holding_place_known check (place in ('stock', 'used', 'scrapped')),
  constraint used_for_exactly_one_application check ((place = 'used') = (application_id is not null)),
  constraint used_one_by_one check (place <> 'used' or upper(serials) - lower(serials) = 1)
);
comment on table shice.sticker_holding is 'Where each serial is: 严防流失和违规使用 (Notice §四(三))';
create unique index one_sticker_an_application on shice.sticker_holding (campaign_id, application_id) where application_id is not null;
create index sticker_holding_by_organisation on shice.sticker_holding (organisation_id, place);

create table shice.sticker_balance (
  series_id uuid not null references shice.sticker_series,
  organisation_id uuid not null references shice.organisation,
  received bigint not null default 0,
  issued bigint not null default 0,
  used bigint not null default 0,
  scrapped bigint not null default 0,
  returned bigint not null default 0,
  in_hand bigint not null default 0,
  primary key (series_id, organisation_id),
  constraint stickers_balance check (received = issued + used + scrapped + returned + in_hand),
  constraint balance_not_negative check (least(received, issued, used, scrapped, returned, in_hand) >= 0)
);
comment on table shice.sticker_balance is '领取、使用、报废及剩余注册贴的数量要进行严格登记 (Notice §四(三)): received = issued on + used + scrapped + returned + in hand';
comment on column shice.sticker_balance.issued is 'Issued on to districts; zero at a district';

create table shice.sticker_count (
  id uuid primary key default uuidv7(),
  series_id uuid not null references shice.sticker_series,
  organisation_id uuid not null references shice.organisation,
  expected bigint not null,
  counted bigint not null,
  remark text,
  custodian_id uuid not null references shice.account,
  handler_id uuid not null references shice.account,
  at timestamptz not null,
  constraint counted_by_two check (custodian_id <> handler_id),
  constraint difference_is_explained check (expected = counted or remark is not null)
);
comment on table shice.sticker_count is 'Stock-taking with its difference';

-- The books agree with the shelves at commit, whoever wrote them and however.
create function shice.check_sticker_balance() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  series uuid := coalesce(new.series_id, old.series_id);
  organisation uuid := coalesce(new.organisation_id, old.organisation_id);
  held record;
  book record;
begin
  select coalesce(sum(upper(serials) - lower(serials)) filter (where place = 'stock'), 0) as in_hand,
         coalesce(sum(upper(serials) - lower(serials)) filter (where place = 'used'), 0) as used,
         coalesce(sum(upper(serials) - lower(serials)) filter (where place = 'scrapped'), 0) as scrapped
    into held from shice.sticker_holding where series_id = series and organisation_id = organisation;
  select coalesce(max(in_hand), 0) as in_hand, coalesce(max(used), 0) as used, coalesce(max(scrapped), 0) as scrapped
    into book from shice.sticker_balance where series_id = series and organisation_id = organisation;
  if (held.in_hand, held.used, held.scrapped) is distinct from (book.in_hand, book.used, book.scrapped) then
    raise exception 'sticker books and shelves differ' using errcode = '23514', constraint = 'sticker_books_match_shelves';
  end if;
  return null;
end $$;
create constraint trigger sticker_books_match_shelves after insert or update or delete on shice.sticker_holding
  deferrable initially deferred for each row execute function shice.check_sticker_balance();
create constraint trigger sticker_books_match_shelves after insert or update or delete on shice.sticker_balance
  deferrable initially deferred for each row execute function shice.check_sticker_balance();

-- The only way to move stickers. Takes a range out of one place and puts it into another,
-- splitting what remains; refuses with a constraint's name where the range is not wholly there.
create function shice.move_stickers(
  p_series uuid, p_serials int8range, p_kind text, p_from uuid, p_to uuid, p_conclusion text,
  p_campaign uuid, p_application uuid, p_custodian uuid, p_handler uuid,
  p_witness text, p_reason text, p_document text, p_at timestamptz
) returns uuid
  language plpgsql security definer set search_path = '' as $$
declare
  size bigint := upper(p_serials) - lower(p_serials);
  movement uuid;
  from_place text := case p_kind when 'receive' then 'ministry' when 'recall' then 'used' else 'stock' end;
  to_place text := case p_kind when 'use' then 'used' when 'scrap' then 'scrapped' when 'recall' then 'scrapped' else 'stock' end;
  piece record;
  covered bigint := 0;
begin
  -- who calls may only take from (or receive into) the place of its own scope
  if current_setting('role', true) in ('shice_authority', 'shice_review')
     and (case p_kind when 'receive' then p_to else p_from end) is distinct from shice.scope_id() then
    raise exception 'stickers of another place' using errcode = '42501';
  end if;
  if size is null or size <= 0 then
    raise exception 'empty range' using errcode = '23514', constraint = 'movement_not_empty';
  end if;
  insert into shice.sticker_movement (series_id, serials, kind, from_place, from_organisation_id, to_place, to_organisation_id,
      conclusion, campaign_id, application_id, custodian_id, handler_id, witness, reason, document, at)
    values (p_series, p_serials, p_kind, from_place, case when p_kind = 'receive' then null else p_from end, to_place, p_to,
      p_conclusion, p_campaign, p_application, p_custodian, p_handler, p_witness, p_reason, p_document, p_at)
    returning id into movement;

  if p_kind = 'receive' then
    insert into shice.sticker_holding (series_id, serials, place, organisation_id, movement_id)
      values (p_series, p_serials, 'stock', p_to, movement);
  else
    for piece in
      select * from shice.sticker_holding
        where series_id = p_series and serials && p_serials and place = from_place and organisation_id = p_from
        order by serials for update
    loop
      covered := covered + upper(piece.serials * p_serials) - lower(piece.serials * p_serials);
      -- a printed sticker goes only to a case with that conclusion; an unprinted one to none
      if p_kind = 'use' and piece.printed_conclusion is distinct from p_conclusion then
        raise exception 'sticker printed otherwise' using errcode = '23514', constraint = 'sticker_shows_the_conclusion';
      end if;
      if p_kind = 'print' and piece.printed_conclusion is not null then
        raise exception 'sticker printed already' using errcode = '23514', constraint = 'sticker_printed_once';
      end if;
      if p_kind = 'recall' and piece.application_id is distinct from p_application then
        raise exception 'sticker of another case' using errcode = '23514', constraint = 'used_for_exactly_one_application';
      end if;
      delete from shice.sticker_holding where series_id = piece.series_id and serials = piece.serials;
      insert into shice.sticker_holding (series_id, serials, place, organisation_id, printed_conclusion, campaign_id, application_id, movement_id)
        select piece.series_id, rest, piece.place, piece.organisation_id, piece.printed_conclusion, piece.campaign_id, piece.application_id, piece.movement_id
          from unnest(array[
            int8range(lower(piece.serials), greatest(lower(piece.serials), lower(p_serials))),
            int8range(least(upper(piece.serials), upper(p_serials)), upper(piece.serials))]) as rest
          where not isempty(rest);
      insert into shice.sticker_holding (series_id, serials, place, organisation_id, printed_conclusion, campaign_id, application_id, movement_id)
        values (p_series, piece.serials * p_serials, to_place, p_to,
          case when p_kind = 'print' then p_conclusion else piece.printed_conclusion end,
          case when p_kind = 'use' then p_campaign end, case when p_kind = 'use' then p_application end, movement);
    end loop;
    if covered <> size then
      raise exception 'serials % are not all there', p_serials using errcode = '23514', constraint = 'sticker_is_where_it_is_taken';
    end if;
  end if;

  if p_kind in ('receive', 'issue', 'return', 'use', 'recall', 'scrap') then
    insert into shice.sticker_balance (series_id, organisation_id)
      select p_series, o from unnest(array[p_from, p_to]) o where o is not null
      on conflict do nothing;
    if p_kind = 'receive' then
      update shice.sticker_balance set received = received + size, in_hand = in_hand + size where series_id = p_series and organisation_id = p_to;
    elsif p_kind = 'issue' then
      update shice.sticker_balance set issued = issued + size, in_hand = in_hand - size where series_id = p_series and organisation_id = p_from;
      update shice.sticker_balance set received = received + size, in_hand = in_hand + size where series_id = p_series and organisation_id = p_to;
    elsif p_kind = 'return' then
      -- what comes back is no longer issued; it stays on the district's account as returned
      update shice.sticker_balance set returned = returned + size, in_hand = in_hand - size where series_id = p_series and organisation_id = p_from;
      update shice.sticker_balance set issued = issued - size, in_hand = in_hand + size where series_id = p_series and organisation_id = p_to;
    elsif p_kind = 'use' then
      update shice.sticker_balance set used = used + size, in_hand = in_hand - size where series_id = p_series and organisation_id = p_from;
    elsif p_kind = 'scrap' then
      update shice.sticker_balance set scrapped = scrapped + size, in_hand = in_hand - size where series_id = p_series and organisation_id = p_from;
    elsif p_kind = 'recall' then
      update shice.sticker_balance set used = used - size, scrapped = scrapped + size where series_id = p_series and organisation_id = p_from;
    end if;
  end if;
  return movement;
end $$;
comment on function shice.move_stickers is 'receive, print, issue, return, use, recall (from a revoked certificate), scrap: movement, holding and balance in one';
revoke all on function shice.move_stickers from public;
revoke all on function shice.check_sticker_balance from public;

create table shice.marking (
  campaign_id uuid not null,
  application_id uuid not null,
  kind text not null,
  conclusion text not null,
  series_id uuid references shice.sticker_series,
  serial bigint,
  riding_seal boolean not null,
  marked_by uuid not null references shice.account,
  marked_at timestamptz not null,
  primary key (campaign_id, application_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint marking_kind_known check (kind in ('sticker', 'annotation')),
  constraint sticker_marking_has_its_serial check ((kind = 'sticker') = (serial is not null and series_id is not null))
);
comment on table shice.marking is 'Notice §三(六): sticker with the riding seal on old certificates, annotation on the registration page of new ones';

create table shice.archive_item (
  campaign_id uuid not null,
  application_id uuid not null,
  authority_id uuid not null references shice.organisation,
  copy integer not null,
  place text not null,
  box text,
  item integer,
  opinion_by text not null,
  filed_by uuid not null references shice.account,
  filed_at timestamptz not null,
  primary key (campaign_id, application_id, copy),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint archive_place_known check (place in ('personal-file', 'authority-archive')),
  constraint authority_copy_has_its_box check (place <> 'authority-archive' or (box is not null and item is not null)),
  constraint opinion_by_stamp_or_hand check (opinion_by in ('stamp', 'hand'))
);
comment on table shice.archive_item is 'Notice §三(七): one copy to the personal file, one to the authority''s archive; conclusion by stamp or by hand';
create unique index one_item_a_place_in_box on shice.archive_item (campaign_id, authority_id, box, item) where box is not null;
comment on index shice.one_item_a_place_in_box is 'Each authority numbers the boxes of its own archive';
