"""A made-up bank for the benchmark of scans: customers, holdings and a year of events as Parquet, by a seed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from assistant.domain.pack import Pack

SEED = 11
DAYS = 400
"""So many days of events lie behind the moment of the scan; the last days are the densest."""
WEIGHTS = {
    "purchase": 300,
    "login": 200,
    "page_view": 150,
    "transfer_out": 120,
    "transfer_in": 80,
    "salary": 30,
    "touch_sent": 30,
    "touch_opened": 14,
    "touch_clicked": 10,
    "visit": 10,
    "profile_changed": 10,
    "card_bound": 8,
    "complaint_opened": 6,
    "complaint_resolved": 5,
    "referral": 5,
    "survey": 5,
    "appliance_bought": 4,
    "flight_paid": 4,
    "activity_joined": 4,
    "account_opened": 3,
    "registered": 1,
    "fraud_question_opened": 1,
}
"""How many of a thousand events are of a kind."""
_ATTRIBUTES = """case kind
    when 'login' then format('{{"device_id":"D{}","new_device":{},"city":"{}"}}', own, u(i, 5) < 0.05,
        ['宁波', '杭州', '上海'][1 + floor(u(i, 6) * 3)::int])
    when 'page_view' then format('{{"product_type":"{}","page_depth":{},"dwell_seconds":{}}}',
        ['wealth', 'term_deposit', 'fund'][1 + floor(u(i, 5) * 3)::int], 1 + floor(u(i, 6) * 4)::int,
        3 + floor(u(i, 7) * 40)::int)
    when 'transfer_out' then format('{{"counterparty":"{}","habit_deviation":{}}}',
        case when u(i, 5) < 0.2 then 'self' when u(i, 5) < 0.3 then 'own-2' else 'p-' || floor(u(i, 6) * 400)::int end,
        case when u(i, 7) < 0.01 then 'true' else round(u(i, 7) * u(i, 8), 2)::varchar end)
    when 'transfer_in' then format('{{"counterparty":"{}"}}',
        case when u(i, 5) < 0.2 then 'self' else 'p-' || floor(u(i, 6) * 400)::int end)
    when 'touch_sent' then format('{{"channel":"{}"}}', ['sms', 'push', 'wecom'][1 + floor(u(i, 5) * 3)::int])
    when 'complaint_opened' then format('{{"complaint_id":"K{}"}}', floor(u(i, 5) * 4)::int)
    when 'complaint_resolved' then format('{{"complaint_id":"K{}"}}', floor(u(i, 5) * 4)::int)
    when 'referral' then format('{{"device_id":"D{}","address":"A{}","referred_customer_id":"R{}"}}',
        floor(u(i, 5) * 3)::int, floor(u(i, 6) * 3)::int, i)
    when 'survey' then format('{{"score":{}}}', 3 + floor(u(i, 5) * 8)::int)
    when 'activity_joined' then format('{{"activity_id":"X{}","mode":"{}"}}', floor(u(i, 5) * 30)::int,
        if(u(i, 6) < 0.6, 'online', 'branch'))
    when 'account_opened' then format('{{"account_class":"{}"}}', if(u(i, 5) < 0.5, 'I', 'II'))
    when 'profile_changed' then '{"field":"phone"}'
    else '' end"""
_CUSTOMERS = """
    select 'C' || i as customer_id, '客户' || i as name, if(u(i, 1) < 0.5, 'F', 'M') as sex,
        (today - (6600 + floor(u(i, 2) * 22000))::int)::date as birth_date,
        ['宁波', '宁波', '宁波', '杭州', '上海', '绍兴'][1 + floor(u(i, 3) * 6)::int] as city,
        case when fresh then 'new' else ['salary', 'affluent', 'private', 'senior', 'young_family', 'small_business',
            'dormant'][1 + floor(u(i, 4) * 7)::int] end as segment,
        if(u(i, 5) < 0.05, null, 'C' || (1 + floor(u(i, 5) * 5)::int)) as risk_rating,
        now - to_days((20 + floor(u(i, 6) * 450))::int) as risk_assessed_at, 'online' as risk_assessed_by,
        case when fresh then 'new' when u(i, 7) < 0.06 then 'lost' when u(i, 7) < 0.1 then 'declining'
            else 'active' end as lifecycle,
        (case when u(i, 8) < 0.15 then 0 when u(i, 8) < 0.25 then 60 else -20000 * ln(1 - u(i, 9)) end)
            ::decimal(18, 2) as demand_balance,
        (-60000 * ln(1 - u(i, 10)))::decimal(18, 2) as total_assets,
        list_filter([if(u(i, 11) < 0.5, 'wecom_friend', ''), if(u(i, 12) < 0.05, 'class_2', ''),
            if(u(i, 13) < 0.04, 'month_end_peak', '')], lambda one: one <> '') as tags,
        ['sms', 'push', 'in_app', 'wecom'][1 + floor(u(i, 14) * 4)::int] as preferred_channel,
        u(i, 15) < 0.9 as marketing_consent, 'rm-' || floor(u(i, 16) * 40)::int as rm_id,
        if(fresh, now - to_minutes((u(i, 17) * 144000)::int), now - to_days((200 + u(i, 17) * 2700)::int))
            ::timestamp as registered_at,
        case when fresh and u(i, 18) < 0.3 then null when fresh then now - to_minutes((u(i, 17) * 100000)::int)
            else now - to_days((199 + u(i, 17) * 2700)::int) end::timestamp as opened_at,
        if(u(i, 19) < 0.5, 1 + floor(u(i, 20) * 31)::int, null) as payday,
        (today + (-60 + floor(u(i, 21) * 3000))::int)::date as id_expires_on,
        if(u(i, 22) < 0.3, (4 + floor(u(i, 23) * 7))::double, null) as satisfaction,
        if(u(i, 24) < 0.02, 'red', 'green') as risk_light, null::varchar as trusted_contact
    from (select *, u(i, 0) < 0.08 as fresh from range({customers}) rows(i))"""
_HOLDINGS = """
    select 'C' || floor(u(i, 41) * {customers})::int as customer_id, product_id,
        (5000 * (1 + floor(u(i, 43) * 30)))::decimal(18, 2) as amount, (today - 300)::date as opened_on,
        (today + (-40 + floor(u(i, 44) * 500))::int)::date as matures_on
    from range({customers}) rows(i) join held on place = floor(u(i, 42) * (select count(*) from held))::int"""
_EVENTS = """
    with drawn as (
        select i, (now - to_microseconds((86400000000 * {days} * pow(u(i, 1), 1.5))::bigint))::timestamp as "at",
            floor(pow(u(i, 2), 2) * {customers})::int as own, {kinds}[1 + floor(u(i, 3) * 1000)::int] as kind
        from range({events}) rows(i))
    select 'E' || i as event_id, 'C' || own as customer_id, "at", kind,
        case when kind = 'salary' then 4000 + 20000 * u(i, 4)
            when kind in ('purchase', 'appliance_bought', 'flight_paid') then -300 * ln(1 - u(i, 4))
            when kind = 'transfer_in' then -25000 * ln(1 - u(i, 4))
            when kind = 'transfer_out' then if(u(i, 9) < 0.5, 1000, 25000) * -ln(1 - u(i, 4))
            end::decimal(18, 2) as amount, {attributes} as attributes
    from drawn"""


def make(folder: Path, pack: Pack, now: dt.datetime, customers: int, events: int, seed: int = SEED) -> None:
    """Write customers, holdings, events and the pack's products into `folder`; `now` is the last moment of an event."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = [kind for kind, weight in WEIGHTS.items() for _ in range(weight)]
    database = duckdb.connect(":memory:")
    database.execute(
        f"create macro u(i, k) as (hash(i * 101 + k + {seed * 1_000_000_007}) >> 11)::double / 9007199254740992.0;"
        "create table products(product_id varchar, product_type varchar)"
    )
    database.executemany("insert into products values (?, ?)", [(one.id, one.type) for one in pack.products.values()])
    database.execute(
        "create table held as select product_id, row_number() over (order by product_id) - 1 as place from products"
        " where product_type in ('term_deposit', 'structured_deposit', 'wealth')"
    )
    parts = {
        "customers": _CUSTOMERS.replace("{customers}", str(customers)),
        "holdings": _HOLDINGS.replace("{customers}", str(customers)),
        "events": _EVENTS.replace("{customers}", str(customers))
        .replace("{events}", str(events))
        .replace("{days}", str(DAYS))
        .replace("{kinds}", str(kinds))
        .replace("{attributes}", _ATTRIBUTES),
        "products": "from products",
    }
    for name, query in parts.items():
        said = query.replace("now - ", f"timestamp '{now}' - ").replace("(today ", f"(date '{now.date()}' ")
        database.execute(f"copy ({said}) to '{folder / name}.parquet'")
    database.close()


def berka(folder: Path, into: Path, now: dt.datetime) -> int:
    """The real Berka transactions as our three tables in `into`, moved so that the last day is `now`'s; their number.

    An account stands as a customer; a credit is a transfer_in, all else a transfer_out; other accounts at other banks
    are the counterparties. Amounts stay in CZK; balances are those after the last transaction.
    """
    into.mkdir(parents=True, exist_ok=True)
    source = f"read_csv('{folder}/trans*.csv.gz', delim = ';', header = true, all_varchar = true)"
    database = duckdb.connect(":memory:")
    database.execute(f"""create table trans as select *, strptime('19' || date, '%Y%m%d')::date as day from {source};
        create table moved as select *, (day + (date '{now.date()}' - (select max(day) from trans))::integer)::timestamp
            + to_minutes(480 + (trans_id::bigint * 7 % 120)::int) as moment from trans""")
    database.execute(f"""copy (select trans_id as event_id, account_id as customer_id, moment as "at",
            if(type = 'credit', 'transfer_in', 'transfer_out') as kind, amount::decimal(18, 2) as amount,
            if(account is null, '', format('{{{{"counterparty":"p-{{}}-{{}}"}}}}', bank, account)) as attributes
        from moved) to '{into}/events.parquet';
        copy (select account_id as customer_id, arg_max(balance, moment)::decimal(18, 2) as demand_balance,
            min(moment) as opened_at, 'active' as lifecycle from moved group by 1) to '{into}/customers.parquet';
        copy (select '' as customer_id, '' as product_id, 0::decimal(18, 2) as amount, null::date as opened_on,
            null::date as matures_on where false) to '{into}/holdings.parquet'""")
    count = int(database.execute("select count(*) from trans").fetchall()[0][0])
    database.close()
    return count
