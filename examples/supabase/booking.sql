-- A yoga studio with branches that takes bookings, on Supabase. The schema works; what could be
-- better about it is what schema-doc and index-advisor find:
--
--     ./agentos run --agent supabase.schema-doc --input schema=examples/supabase/booking.sql
--     ./agentos run --agent supabase.index-advisor \
--       --input schema=examples/supabase/booking.sql --input queries=examples/supabase/booking-queries.sql

create type public.booking_state as enum ('held', 'paid', 'cancelled');
comment on type public.booking_state is 'How far a booking got.';

create table public.branches (
  id          bigint generated always as identity primary key,
  name        text not null unique,
  opened_at   timestamp not null default now()
);
comment on table public.branches is 'Places where courses are held.';
comment on column public.branches.name is 'As on the door.';
alter table public.branches enable row level security;
create policy "Branches are public" on public.branches for select to anon, authenticated using (true);

create table public.members (
  id          uuid primary key references auth.users (id) on delete cascade,
  email       text not null,
  country     char(2),
  settings    json,
  search      tsvector
);
alter table public.members enable row level security;
create policy "Members see themselves" on public.members
  for select to authenticated using ((select auth.uid()) = id);
create index members_email on public.members (email);
create index members_email_again on public.members (email);

create table public.courses (
  id          serial primary key,
  branch_id   integer not null references public.branches (id),
  title       text not null,
  "startsAt"  timestamptz not null,
  price       double precision not null,
  seats       smallint not null check (seats > 0)
);
comment on table public.courses is 'One course on one day.';
comment on column public.courses.seats is 'How many people fit in.';
alter table public.courses enable row level security;
create policy "Courses are public" on public.courses for select to anon, authenticated using (true);

create table public.bookings (
  id          bigint generated always as identity primary key,
  course_id   integer not null references public.courses (id) on delete cascade,
  member_id   uuid not null references public.members (id),
  state       public.booking_state not null default 'held',
  booked_at   timestamptz not null default now()
);
comment on table public.bookings is 'A seat of a member in a course.';
comment on column public.bookings.state is 'Held seats are given up after 15 minutes.';
alter table public.bookings enable row level security;
create policy "Members see their bookings" on public.bookings
  for select to authenticated using ((select auth.uid()) = member_id);
create index bookings_member on public.bookings (member_id);
create index bookings_member_state on public.bookings (member_id, state);

-- Written by a trigger; nobody thought of a key.
create table public.booking_log (
  booking_id  bigint,
  note        text,
  written_at  timestamptz default now()
);
alter table public.booking_log enable row level security;

create function public.log_booking() returns trigger language plpgsql as $$
begin
  insert into public.booking_log (booking_id, note) values (new.id, new.state::text);
  return new;
end;
$$;
create trigger booking_changed after insert or update on public.bookings
  for each row execute function public.log_booking();

create view public.course_seats with (security_invoker = true) as
  select c.id, c.title, c.seats - count(b.id) as seats_left
  from public.courses c left join public.bookings b on b.course_id = c.id and b.state <> 'cancelled'
  group by c.id;
comment on view public.course_seats is 'How many seats are left.';
