-- A small web shop on Supabase: customers, orders, payments, reviews and a back office.
--
-- It works, and it leaks. The faults in it are the ones that real projects have; they are listed in
-- plain words at the end of this file. Let AgentOS find them:
--
--     ./agentos run --agent supabase.rls-auditor --input schema=examples/shop.sql

-- Customers --------------------------------------------------------------------------------------

create table public.customers (
  id          uuid primary key references auth.users (id) on delete cascade,
  full_name   text not null,
  email       text not null,
  phone       text,
  created_at  timestamptz not null default now()
);

alter table public.customers enable row level security;
alter table public.customers force row level security;

create policy "Customers see themselves" on public.customers
  for select to authenticated
  using ((select auth.uid()) = id);

create policy "Customers edit themselves" on public.customers
  for update
  using (auth.uid() = id);

-- A new account becomes a customer.
create function public.handle_new_user() returns trigger
  language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.customers (id, full_name, email)
  values (new.id, coalesce(new.raw_user_meta_data ->> 'full_name', ''), new.email);
  return new;
end;
$$;

create trigger on_auth_user_created
  after insert on auth.users
  for each row execute function public.handle_new_user();

-- Products ---------------------------------------------------------------------------------------

create table public.products (
  id           bigint generated always as identity primary key,
  sku          text not null unique,
  title        text not null,
  price_cents  integer not null check (price_cents >= 0)
);

alter table public.products enable row level security;
alter table public.products force row level security;

create policy "The catalogue is public" on public.products
  for select to anon, authenticated
  using (true);

-- Orders -----------------------------------------------------------------------------------------

create type public.order_status as enum ('open', 'paid', 'sent', 'cancelled');

create table public.orders (
  id           uuid primary key default gen_random_uuid(),
  customer_id  uuid not null references public.customers (id),
  status       public.order_status not null default 'open',
  note         text,
  created_at   timestamptz not null default now()
);

create index on public.orders (customer_id);

alter table public.orders enable row level security;
alter table public.orders force row level security;

create policy "Customers see their orders" on public.orders
  for select to authenticated
  using ((select auth.uid()) = customer_id);

create policy "Customers place orders" on public.orders
  for insert to authenticated
  with check ((select auth.uid()) = customer_id);

create policy "Staff see all orders" on public.orders
  for select to authenticated
  using ((select auth.jwt()) -> 'user_metadata' ->> 'role' = 'staff');

create table public.order_items (
  order_id     uuid not null references public.orders (id) on delete cascade,
  product_id   bigint not null references public.products (id),
  quantity     integer not null check (quantity > 0),
  primary key (order_id, product_id)
);

alter table public.order_items enable row level security;

create policy "Customers see the items of their orders" on public.order_items
  for select to authenticated
  using (order_id in (select id from public.orders where customer_id = (select auth.uid())));

-- Payments ---------------------------------------------------------------------------------------

create table public.payments (
  id            uuid primary key default gen_random_uuid(),
  order_id      uuid not null references public.orders (id),
  amount_cents  integer not null,
  card_last4    text,
  paid_at       timestamptz
);

-- Reviews ----------------------------------------------------------------------------------------

create table public.reviews (
  id          bigint generated always as identity primary key,
  product_id  bigint not null references public.products (id),
  user_id     uuid not null references auth.users (id) on delete cascade,
  stars       integer not null check (stars between 1 and 5),
  words       text
);

alter table public.reviews enable row level security;
alter table public.reviews force row level security;

create policy "Authors see their reviews" on public.reviews
  for select to authenticated
  using ((select auth.uid()) = user_id);

create policy "Authors write reviews" on public.reviews
  for insert to authenticated
  with check ((select auth.uid()) = user_id);

create policy "Authors edit reviews" on public.reviews
  for update to authenticated
  using (true)
  with check (true);

-- Coupons ----------------------------------------------------------------------------------------

create table public.coupons (
  code           text primary key,
  percent_off    integer not null check (percent_off between 1 and 100),
  valid_until    date not null
);

alter table public.coupons enable row level security;
alter table public.coupons force row level security;

-- Reports ----------------------------------------------------------------------------------------

create view public.sales_report as
  select p.title, sum(i.quantity) as sold, sum(i.quantity * p.price_cents) as cents
  from public.order_items i join public.products p on p.id = i.product_id
  group by p.title;

create materialized view public.best_customers as
  select c.full_name, c.email, count(*) as orders
  from public.customers c join public.orders o on o.customer_id = c.id
  group by c.id, c.full_name, c.email
  order by count(*) desc
  limit 100;

create function public.order_total(wanted uuid) returns bigint
  language sql stable security definer
as $$
  select sum(i.quantity * p.price_cents)
  from order_items i join products p on p.id = i.product_id
  where i.order_id = wanted
$$;

-- Branches: each sees its own stock --------------------------------------------------------------

create schema branches;
grant usage on schema branches to authenticated;

create function branches.mine() returns bigint
  language sql stable
as $$ select (auth.jwt() -> 'app_metadata' ->> 'branch')::bigint $$;

create table branches.stock (
  id         bigint generated always as identity primary key,
  branch_id  bigint not null,
  shelf      text not null,
  sku        text not null,
  quantity   integer not null default 0,
  constraint stock_shelf_key unique (shelf)
);

create table branches.deliveries (
  id         bigint generated always as identity primary key,
  branch_id  bigint not null,
  stock_id   bigint not null,
  arrived    date not null default current_date,
  constraint deliveries_stock_fkey foreign key (stock_id) references branches.stock (id)
);

create index on branches.stock (branch_id);

alter table branches.stock enable row level security;
alter table branches.stock force row level security;
alter table branches.deliveries enable row level security;
alter table branches.deliveries force row level security;

create policy "A branch works with its stock" on branches.stock
  for all to authenticated
  using (branch_id = (select branches.mine()))
  with check (branch_id = (select branches.mine()));

create policy "A branch works with its deliveries" on branches.deliveries
  for all to authenticated
  using (branch_id = (select branches.mine()))
  with check (branch_id = (select branches.mine()));

grant select, insert, update, delete on branches.stock to authenticated;
grant all on branches.deliveries to authenticated;

-- Back office ------------------------------------------------------------------------------------

create role shop_backend login;
create role shop_reports login bypassrls;
grant service_role to shop_backend;

create schema back_office;
grant usage, create on schema back_office to shop_backend;

create table back_office.events (
  id         bigint generated always as identity primary key,
  happened   timestamptz not null default now(),
  what       text not null
);

alter table back_office.events enable row level security;
alter table back_office.events force row level security;
create policy "The backend reads events" on back_office.events
  for select to shop_backend
  using (happened > now() - interval '30 days');
alter table back_office.events owner to shop_backend;

create table back_office.opening_hours (
  weekday  integer primary key check (weekday between 1 and 7),
  opens    time not null,
  closes   time not null
);

alter table back_office.opening_hours enable row level security;
alter table back_office.opening_hours force row level security;
create policy "Everyone may know when we are open" on back_office.opening_hours
  for select to anon, authenticated
  using (weekday between 1 and 7);
grant select on back_office.opening_hours to public;

-- Pictures ---------------------------------------------------------------------------------------

insert into storage.buckets (id, name, public) values ('pictures', 'pictures', true);

create policy "Members upload pictures" on storage.objects
  for insert to authenticated
  with check (true);

-- What is wrong here -----------------------------------------------------------------------------
--
-- One line per fault: the rule, the object, and what it means.
--
-- PLANTED: rls-off | public.payments | Anyone with the public key reads and changes all payments.
-- PLANTED: policy-always-true | "Authors edit reviews" on public.reviews | Every signed-in user rewrites the reviews of others.
-- PLANTED: policy-always-true | "Members upload pictures" on storage.objects | Every signed-in user uploads anything into any bucket.
-- PLANTED: policy-always-true | "The catalogue is public" on public.products | Everybody reads the catalogue; right for a shop, but nobody said so.
-- PLANTED: policy-user-metadata | "Staff see all orders" on public.orders | Every user can make themselves staff and read all orders.
-- PLANTED: view-as-owner | public.sales_report | The report shows everybody's orders to everybody.
-- PLANTED: copy-open | public.best_customers | Names and addresses of the best customers lie open.
-- PLANTED: definer-open | public.order_total(wanted uuid) | Anyone asks for the total of any order.
-- PLANTED: definer-search-path | public.order_total(wanted uuid) | The caller can slip in a table named order_items.
-- PLANTED: login-ignores-rls | shop_reports | The reporting login sees all rows of all customers.
-- PLANTED: login-can-bypass | shop_backend (member of service_role) | The backend's login is one SET ROLE from all rows.
-- PLANTED: owner-can-login | shop_backend | The backend's login can switch the protection of its own table off.
-- PLANTED: granted-to-public | back_office.opening_hours | Every role there will ever be may read it.
-- PLANTED: granted-beyond-rls | branches.deliveries | Every branch can empty the table for all branches.
-- PLANTED: rls-not-forced | public.order_items | The policies do not hold for the owner of the table.
-- PLANTED: rls-no-policy | public.coupons | Nobody can redeem a coupon; someone will switch the protection off.
-- PLANTED: policy-no-check | "Customers edit themselves" on public.customers | What a customer's row may become is left to chance.
-- PLANTED: policy-to-public | "Customers edit themselves" on public.customers | It is for visitors who are not signed in, too.
-- PLANTED: policy-per-row-call | "Customers edit themselves" on public.customers | The user is looked up once per row.
-- PLANTED: policy-no-index | public.reviews.user_id | Every look at the reviews reads the whole table.
-- PLANTED: policy-no-index | branches.deliveries.branch_id | The same for deliveries.
-- PLANTED: unique-across-tenants | branches.stock (shelf) | A branch learns which shelf names other branches use.
-- PLANTED: key-across-tenants | deliveries_stock_fkey on branches.deliveries | A delivery can point at the stock of another branch.
