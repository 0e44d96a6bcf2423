-- What an installation is for. Told once, at its first start: invented people and a movable clock never meet real cases.
create table shice.installation (
  singleton boolean primary key default true check (singleton),
  kind text not null,
  filled boolean not null default false,
  constraint installation_kind_known check (kind in ('real', 'training', 'demonstration'))
);
comment on table shice.installation is
  'real: work by the machine''s clock. training: a movable clock. demonstration: training with invented people, filled in at the first start';
