-- What the studio's app asks the database, as its log has it. See booking.sql.

-- The member's own bookings: served by an index.
select * from bookings where member_id = $1 order by booked_at desc limit 20;

-- The timer that gives up held seats.
delete from bookings where state = 'held' and booked_at < now() - interval '15 minutes';

-- Courses of a branch in a week.
select id, title from courses
where branch_id = :branch and "startsAt" >= :monday and "startsAt" < :next_monday;

-- Sign-in by e-mail, whatever the case.
select id from members where lower(email) = lower($1);

-- Somebody types into the search field.
select id, title from courses where title ilike '%' || ? || '%';

-- Another week view; the same index serves it.
select count(*) from courses where branch_id = $1 and "startsAt" >= $2;

-- Written for the schema of last year.
select waiting_list from courses where id = $1;
