"""The bank's triggers written by hand as one DuckDB script, as an analyst would: what a scan is measured against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

_BASE = """
with cu as (
    select *, coalesce(city = '宁波', false) as is_local,
        {today} - coalesce(registered_at, opened_at)::date as new_days,
        date_sub('year', birth_date, {today}) as age,
        coalesce(risk_rating is not null and {today} - risk_assessed_at::date between 0 and 365, false) as assessed,
        least({month} + payday - 1, last_day({today})) as this_pay,
        least(({month} + interval 1 month)::date + payday - 1, last_day({month} + interval 1 month)) as later_pay
    from read_parquet('{folder}/customers.parquet')),
ho as (
    select h.*, p.product_type from read_parquet('{folder}/holdings.parquet') h
    left join read_parquet('{folder}/products.parquet') p using (product_id)),
ev as (
    select *, "at"::date as day,
        kind = 'transfer_out' and coalesce(attributes->>'counterparty' = 'self'
            or starts_with(attributes->>'counterparty', 'own-'), false) as own_out
    from (select * replace (nullif(attributes, '') as attributes) from read_parquet('{folder}/events.parquet'))
    where "at" <= {now}),
complaints as (
    select customer_id, kind, coalesce(attributes->>'complaint_id', '') as complaint_id
    from ev where kind in ('complaint_opened', 'complaint_resolved')),
unresolved as (
    select customer_id from complaints opened where kind = 'complaint_opened' and not exists (
        select 1 from complaints resolved where resolved.kind = 'complaint_resolved'
        and resolved.customer_id = opened.customer_id and resolved.complaint_id = opened.complaint_id)),
past as (
    select customer_id,
        min("at") filter (kind = 'registered') as registered, min("at") filter (kind = 'account_opened') as opened,
        bool_or(kind = 'account_opened' and attributes->>'account_class' = 'I') as class_1,
        bool_or(kind = 'account_opened' and attributes->>'account_class' = 'II') as class_2,
        min("at") filter (kind = 'card_bound') as bound_at,
        count(*) filter (kind in ('transfer_in', 'salary')) as paid_in,
        max("at") filter (kind in ('transfer_in', 'transfer_out', 'salary', 'purchase', 'appliance_bought',
            'flight_paid')) as last_money,
        max("at") filter (kind = 'transfer_out' and not own_out) as last_out_other,
        sum(amount) filter (kind = 'transfer_out' and not own_out and "at" > {now} - interval 30 day) as out_30d,
        sum(if(kind = 'transfer_out', amount, -amount))
            filter (kind in ('transfer_out', 'transfer_in', 'salary') and day = {today}) as net_out_today,
        count(*) filter (kind = 'transfer_out' and amount <= 1000 and "at" > {now} - interval 30 day) as small_30d,
        sum(amount) filter (kind in ('purchase', 'appliance_bought', 'flight_paid')
            and "at" > {now} - interval 90 day) as spend_90d,
        sum(amount) filter (kind in ('purchase', 'appliance_bought', 'flight_paid')
            and day between {last_double_11} - 10 and {last_double_11}) as spend_double_11,
        count(*) filter (kind = 'profile_changed' and "at" > {now} - interval 30 day) as changes_30d,
        max("at") filter (kind = 'survey' and "at" > {now} - interval 30 day) as survey_30d,
        count(distinct coalesce(attributes->>'complaint_id', event_id))
            filter (kind = 'complaint_opened' and "at" > {now} - interval 30 day) as complaints_30d,
        max("at") filter (kind = 'touch_sent') as sent, max("at") filter (kind = 'touch_opened') as touch_opened,
        max("at") filter (kind = 'touch_clicked') as clicked,
        max("at") filter (kind in ('account_opened', 'card_bound', 'transfer_in', 'activity_joined')) as done
    from ev group by 1),
cp as (
    select cu.*, past.* exclude (customer_id), coalesce(registered_at, past.registered) as joined,
        coalesce(opened_at, past.opened) as has_account, coalesce(last_money, opened_at)::date as quiet_since,
        cu.customer_id in (select customer_id from ho) as holds,
        cu.customer_id in (select customer_id from unresolved) as complains
    from cu left join past using (customer_id)),
days as (
    select customer_id, day, sum(amount) filter (kind = 'transfer_out') as out_total,
        coalesce(sum(amount) filter (kind in ('transfer_in', 'salary')), 0) as in_total,
        sum(amount) filter (kind = 'transfer_out' and not own_out) as out_other,
        count(distinct attributes->>'counterparty') filter (kind = 'transfer_out' and not own_out) as payees
    from ev where "at" >= ({now} - interval 24 hour)::date group by 1, 2),
views as (
    select customer_id, attributes->>'product_type' as product_type, count(*) as views,
        sum((attributes->>'dwell_seconds')::double) as seconds, sum((attributes->>'page_depth')::double) as depth
    from ev where kind = 'page_view' and "at" > {now} - interval 7 day group by 1, 2),
referrals as (
    select customer_id, event_id, "at",
        row_number() over (partition by customer_id, attributes->>'device_id' order by "at") as of_device,
        row_number() over (partition by customer_id, attributes->>'address' order by "at") as of_address,
        attributes->>'device_id' as device_id, attributes->>'address' as address
    from ev where kind = 'referral'),
recent as (
    select cp.*, e.event_id, e."at", e.day, e.kind, e.amount, e.own_out, e.attributes
    from ev e join cp using (customer_id) where e."at" > {now} - interval 24 hour)
"""
_CUSTOMERS: Mapping[str, str] = {
    "A1-REGISTERED": "has_account is null and joined + interval 24 hour > {now} - interval 24 hour"
    " and joined + interval 24 hour <= {now}",
    "A2-EMPTY": "is_local and has_account is not null and coalesce(paid_in, 0) = 0 and coalesce(demand_balance, 0) = 0",
    "A3-CLASS2": "list_contains(tags, 'class_2') or (class_2 and not class_1)",
    "A5-WELCOME": "{today} - joined::date in (1, 2, 3, 5, 7)",
    "B1-IDLE": "demand_balance > 50000",
    "B4-PAYDAY": "if(this_pay > {today}, this_pay, later_pay)::date - {today} between 1 and 3",
    "B5-MONTHEND": "list_contains(tags, 'month_end_peak') and {today} = last_day({today})",
    "B6-BIRTHDAY": "year(birth_date) < year({today}) and (strftime(birth_date, '%m-%d') = strftime({today}, '%m-%d') or"
    " (strftime(birth_date, '%m-%d') = '02-29' and {today} = last_day({today}) and month({today}) = 2))",
    "B6-ANNIVERSARY": "strftime(opened_at, '%m-%d') = strftime({today}, '%m-%d') and year(opened_at) < year({today})",
    "J1-BINDCARD": "new_days <= 100 and bound_at is null and {today} - has_account::date in (3, 14)",
    "J1-FIRSTASSET": "new_days <= 100 and not holds and {today} - bound_at::date = 30",
    "J2-STATE": "{today} - joined::date = 60",
    "J4-UNOPENED": "new_days <= 100 and coalesce(touch_opened < sent, true) and coalesce(clicked < sent, true)"
    " and sent + interval 48 hour > {now} - interval 24 hour and sent + interval 48 hour <= {now}",
    "J4-CLICKED": "new_days <= 100 and clicked > coalesce(done, timestamp '1970-01-01')"
    " and clicked + interval 24 hour > {now} - interval 24 hour and clicked + interval 24 hour <= {now}",
    "F5-IDCARD": "id_expires_on - {today} in (30, 10, -10)",
    "C1-NOTES": "{next_spring_festival} - {today} between 1 and 20 and age >= 25",
    "C1-HOLIDAY": "{next_spring_festival} - {today} between 3 and 20 and demand_balance >= 1000",
    "C2-DOUBLE11": "{next_double_11} - {today} between 1 and 22 and spend_90d >= 1000",
    "C3-AFTER11": "{today} - {last_double_11} between 1 and 14 and spend_double_11 >= 5000",
    "C5-WEEKLY": "isodow({today}) = 1 and lifecycle = 'active' and demand_balance >= 1000",
    "D3-STANDING": "satisfaction <= 6 and survey_30d is null",
    "K4-ALERT": "complains",
    "E1-QUIET15": "{today} - quiet_since between 15 and 29 and demand_balance < 100",
    "E2-QUIET": "{today} - quiet_since in (30, 45)",
    "E3-DECLINING": "lifecycle = 'declining'",
}
_EVENTS: Mapping[str, str] = {
    "B3-SALARY": "kind = 'salary' and amount > 0 and \"at\" >= {now} - interval 3 hour",
    "B6-RETURN": "kind in ('login', 'visit', 'transfer_in') and lifecycle = 'lost'",
    "B7-TRANSFERS": "kind = 'transfer_out' and amount <= 1000 and small_30d >= 10",
    "G1-INFLOW": "kind = 'transfer_in' and amount >= 200000 and not coalesce(attributes->>'counterparty' = 'self'"
    " or starts_with(attributes->>'counterparty', 'own-'), false)",
    "I8-SALARY": "kind = 'salary' and amount > 0 and \"at\" >= {now} - interval 3 hour"
    " and list_contains(tags, 'wecom_friend') and assessed",
    "F1-CHANGES": "kind = 'profile_changed' and changes_30d >= 3",
    "F2-NEWDEVICE": "kind = 'login' and attributes->>'new_device' = 'true' and attributes->>'city' <> city",
    "F3-HABITS": "attributes->>'habit_deviation' = 'true' or try_cast(attributes->>'habit_deviation' as double) >= 0.8",
    "C4-SURVEY": "kind = 'activity_joined' and attributes->>'mode' = 'online'",
    "D1-RESOLVED": "kind = 'complaint_resolved' and not complains",
    "D2-COMPLAINTS": "kind = 'complaint_opened' and complaints_30d >= 2",
    "D3-SURVEY": "kind = 'survey' and try_cast(attributes->>'score' as double) <= 6",
}
_REFERRED = """recent join referrals r using (event_id) where (r.of_device = 1 or r.device_id is null)
    and (r.of_address = 1 or r.address is null) and """
_OTHERS: Mapping[str, str] = {
    "A4-BROWSE": "recent join views on views.customer_id = recent.customer_id"
    " and views.product_type = attributes->>'product_type'"
    " where kind = 'page_view' and views >= 2 and (seconds >= 60 or depth >= 5)",
    "B6-REFERRAL": _REFERRED + "coalesce(lifecycle, '') <> 'lost'",
    "E5-LOSTREFERS": _REFERRED + "lifecycle = 'lost'",
    "F4-SPREAD": "recent join days on days.customer_id = recent.customer_id and days.day = recent.day"
    " where kind = 'transfer_out' and not own_out and out_other >= 50000 and payees >= 3",
    "D4-OUTFLOW": "recent join days on days.customer_id = recent.customer_id and days.day = recent.day"
    " where kind = 'transfer_out' and out_total > 50000 and out_total >= 0.5 * (demand_balance + out_total - in_total"
    " + if(recent.day = {today}, 0, coalesce(net_out_today, 0)))",
    "B2-MATURING": "ho recent where matures_on - {today} in (30, 15, 7, 1)"
    " and coalesce(product_type, 'term_deposit') in ('term_deposit', 'structured_deposit')"
    " and customer_id in (select customer_id from cu)",
    "E4-MATUREDLEFT": "ho join cp recent using (customer_id) where matures_on between {today} - 30 and {today}"
    " and last_out_other::date >= matures_on and out_30d >= 0.5 * ho.amount",
}


def script(folder: Path, now: dt.datetime, festivals: Mapping[str, str]) -> str:
    """The query over the Parquet of `folder`: trigger and customer, each pair once. `festivals`: words as SQL dates."""
    parts = [f"select '{own}', customer_id from cp where {when}" for own, when in _CUSTOMERS.items()]
    parts += [f"select distinct '{own}', customer_id from recent where {when}" for own, when in _EVENTS.items()]
    parts += [f"select distinct '{own}', recent.customer_id from {rest}" for own, rest in _OTHERS.items()]
    today = f"date '{now.date()}'"
    words = {
        "folder": str(folder).replace("'", "''"),
        "now": f"timestamp '{now}'",
        "today": today,
        "month": f"date '{now.date().replace(day=1)}'",
        **festivals,
    }
    said = _BASE + "\nunion all ".join(parts)
    for word, value in words.items():
        said = said.replace("{" + word + "}", value)
    return said


def names() -> set[str]:
    """The triggers that the script knows."""
    return {*_CUSTOMERS, *_EVENTS, *_OTHERS}
