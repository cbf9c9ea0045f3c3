"""The tables as conditions see them: customers with their age, events with their attributes, doubles taken out."""

from __future__ import annotations

import difflib
from typing import Any

import duckdb

from assistant.domain.pack import Pack
from assistant.playbook.database import Clock, rows
from assistant.playbook.problems import MORE, MOST_TOLD, BadRow, Reading
from assistant.playbook.tables import ATTRIBUTES

_OWN = "(counterparty = 'self' or starts_with(counterparty, 'own-'))"
_DEVIATES = "case when habit_deviation = 'true' then 1.0 else try_cast(habit_deviation as double) end"


def prepare(database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock, reading: Reading) -> None:
    """Views and tables over what was loaded: `people` (c), `held` (h), `happened` (all events), `causes` (e)."""
    check(database, pack, reading)
    see(database, pack, clock)


def check(database: duckdb.DuckDBPyConnection, pack: Pack, reading: Reading) -> None:
    """Take doubles out of the tables, and tell of rows that belong to nobody or mean nothing."""
    _undouble(database, reading)
    _orphans(database, reading)
    _strange_kinds(database, pack, reading)


def see(database: duckdb.DuckDBPyConnection, pack: Pack, clock: Clock, holdings: bool = True) -> None:
    """The views and tables that conditions look at; `holdings`: also those that are on holdings."""
    first, today = f"date '{clock.first_day}'", f"date '{clock.today}'"
    database.execute(
        "create macro reached(d, offsets) as"
        f" list_min(list_filter(offsets, lambda n: d - n::integer between {first} and {today}))"
    )
    for statement in (_people(pack, clock), _happened(), _causes(clock)):
        database.execute(statement)
    if holdings:
        types = [[one.id for one in pack.products.values()], [one.type for one in pack.products.values()]]
        database.execute("create table products(product_id varchar, product_type varchar)")
        database.execute("insert into products select unnest($1::varchar[]), unnest($2::varchar[])", types)
        database.execute(_HELD)


def _undouble(database: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    """One event id of a customer counts once; of a customer who stands twice, the row with the lowest risk rating."""
    # Where no two ids look alike, as it is nearly always, no two rows need be compared.
    total, alike = rows(database, "select count(*), count(distinct hash(event_id)) from events")[0]
    if total > alike:
        database.execute(
            "create or replace table events as select distinct on (customer_id, event_id) * from events"
            ' order by customer_id, event_id, "at", hash(events)'
        )
    query = "select customer_id, count(distinct risk_rating) > 1, count(*) as n from customers group by 1 having n > 1"
    doubled = _first(database, query)
    for own, differ, count in doubled:
        said = "stands more than once, with different risk ratings" if differ else "stands more than once"
        what = f"{own} {said}: the row of the lowest rating counts"
        reading.problems.append(BadRow("customers", None, "customer_id", what, count))
    if doubled:
        reading.problems += _more(database, query, "customers", "customer_id", len(doubled))
        database.execute(
            "create or replace table customers as select distinct on (customer_id) * from customers"
            " order by customer_id, risk_rating nulls first, hash(customers)"
        )


def _orphans(database: duckdb.DuckDBPyConnection, reading: Reading) -> None:
    for table in ("holdings", "events"):
        query = f"select customer_id, count(*) as n from {table} anti join customers using (customer_id) group by 1"
        found = _first(database, query)
        for own, count in found:
            what = f"there is no customer {own}, theirs are left out"
            reading.problems.append(BadRow(table, None, "customer_id", what, count))
        reading.problems += _more(database, query, table, "customer_id", len(found))


def _strange_kinds(database: duckdb.DuckDBPyConnection, pack: Pack, reading: Reading) -> None:
    kinds = pack.institution.event_kinds
    known = ", ".join(f"'{kind}'" for kind in kinds)
    query = f"select kind, count(*) as n from events group by 1 having kind not in ({known})"
    found = _first(database, query)
    for kind, count in found:
        close = difflib.get_close_matches(kind, kinds, n=1)
        hint = f" (is “{close[0]}” meant?)" if close else ""
        what = f"“{kind[:60]}” is no kind the pack knows{hint}"
        reading.problems.append(BadRow("events", None, "kind", what, count))
    reading.problems += _more(database, query, "events", "kind", len(found))


def _first(database: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """The first rows of a query of ids with their number of rows last."""
    return rows(database, f"{query} order by 1 limit {MOST_TOLD}")


def _more(database: duckdb.DuckDBPyConnection, query: str, table: str, column: str, told: int) -> list[BadRow]:
    """What lies beyond the first rows, counted."""
    if told < MOST_TOLD:
        return []
    [(count,)] = rows(database, f"select sum(n) from ({query} order by 1 offset {MOST_TOLD})")
    return [BadRow(table, None, column, MORE, int(count))] if count else []


def _people(pack: Pack, clock: Clock) -> str:
    today, home = f"date '{clock.today}'", pack.institution.home_city.replace("'", "''")
    valid = pack.contact.assessment_valid.days if pack.contact else 365
    # least() passes over what is null: a payday that nobody knows would be the month's last day.
    this = f"least(make_date(year({today}), month({today}), 1) + (payday - 1), last_day({today}))::date"
    following = f"({today} + interval 1 month)::date"
    later = f"least(date_trunc('month', {following})::date + (payday - 1), last_day({following}))::date"
    same = "strftime({0}, '%m-%d') = strftime({1}, '%m-%d') and year({0}) < year({1})"
    # A day that the year lacks is kept on the last of February.
    leap = f"or (strftime({{0}}, '%m-%d') = '02-29' and {today} = last_day({today}) and month({today}) = 2)"
    since = "coalesce(registered_at, opened_at)::date"
    return f"""
        create table people as select *,
            date_sub('year', birth_date, {today})::integer as age,
            coalesce(city = '{home}', false) as local,
            coalesce(risk_rating is not null and {today} - risk_assessed_at::date between 0 and {valid}, false)
                as assessed,
            case when payday is null then null when {this} > {today} then {this} else {later} end as next_payday,
            coalesce({same.format("birth_date", today)} {leap.format("birth_date")}, false) as is_birthday,
            coalesce({same.format("opened_at::date", today)}, false) as is_anniversary,
            {today} - {since} as new_days,
            customer_id in (select customer_id from holdings) as holds
        from customers"""


_HELD = (
    "create view held as select holdings.*, products.product_type from holdings left join products using (product_id)"
)


def _happened() -> str:
    plain = [name for name in ATTRIBUTES if name != "habit_deviation"]
    return f"""
        create view happened as
            select event_id, customer_id, "at", "at"::date as day, kind, amount,
                {", ".join(f"attributes.{name}" for name in plain)},
                {_DEVIATES.replace("habit_deviation", "attributes.habit_deviation")} as habit_deviation,
                coalesce({_OWN.replace("counterparty", "attributes.counterparty")}, false) as own
            from events"""


def _causes(clock: Clock) -> str:
    return f"create table causes as select * from happened where \"at\" > timestamp '{clock.since}'"
