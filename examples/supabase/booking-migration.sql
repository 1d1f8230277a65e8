-- The next release of the yoga studio (booking.sql), as a hurried evening wrote it. Let AgentOS say
-- what it would do to a studio that is open:
--
--     ./agentos run --agent supabase.migration-check \
--       --input schema=examples/supabase/booking.sql --input migration=examples/supabase/booking-migration.sql

alter table public.members add column newsletter boolean not null;

alter table public.courses alter column price type numeric(10, 2);

alter table public.bookings alter column member_id drop not null;
alter table public.bookings add column paid_at timestamptz;
update public.bookings set paid_at = booked_at;

create index bookings_state on public.bookings (state, booked_at);

alter table public.members add constraint members_email_known unique (email);
alter table public.courses add constraint price_is_positive check (price >= 0);
alter table public.branches alter column name set not null, alter column opened_at set not null;
alter table public.members alter column country set not null;

create table public.vouchers (
  code        text primary key,
  value       numeric(10, 2) not null
);

alter table public.booking_log rename column note to remark;
alter table public.members drop column settings;

alter table public.vouchers add column member_id uuid references public.membres (id);
