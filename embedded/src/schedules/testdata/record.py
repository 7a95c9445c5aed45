"""Records what a Temporal dev server says to a table of schedule specs.

    temporal server start-dev --headless --port 17021
    python record.py localhost:17021 > specs.json        (needs the package temporalio)

Every schedule is made paused, so nothing starts. Per case: the error of CreateSchedule, or the canonical spec of
DescribeSchedule and the first answers of ListScheduleMatchingTimes from `from` on, as seconds since 1970.
"""

import asyncio
import datetime
import json
import sys
import uuid

from google.protobuf import json_format
from temporalio.api.schedule.v1 import Schedule, ScheduleSpec
from temporalio.api.workflowservice.v1 import (
    CreateScheduleRequest,
    DeleteScheduleRequest,
    DescribeScheduleRequest,
    ListScheduleMatchingTimesRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError

KEPT = 24  # times per case


def cron(*lines, **more):
    return {"cronString": list(lines), **more}


def calendar(**fields):
    return {"calendar": [fields]}


def every(interval, phase=None, **more):
    one = {"interval": interval}
    if phase:
        one["phase"] = phase
    return {"interval": [one], **more}


def r(start, end=0, step=0):
    return {"start": start, "end": end, "step": step}


def structured(**fields):
    return {"structuredCalendar": [fields]}


ALL = {"second": [r(0, 59)], "minute": [r(0, 59)], "hour": [r(0, 23)], "dayOfMonth": [r(1, 31)], "month": [r(1, 12)], "dayOfWeek": [r(0, 6)]}

# name, spec, start of the listing, end of the listing
CASES = [
    # Fields, names, ranges, steps.
    ("defaults", calendar(), "2024-02-27", "2024-03-10"),
    ("defaults_structured", structured(), "2024-02-27", "2025-03-10"),
    ("structured_partial", structured(hour=[r(3)], dayOfMonth=[r(1, 31)], month=[r(1, 12)], dayOfWeek=[r(0, 6)]), "2024-02-27", "2024-03-10"),
    ("structured_times", structured(second=[r(30)], minute=[r(0, 59, 20)], hour=[r(3)], dayOfMonth=[r(1, 31)], month=[r(1, 12)], dayOfWeek=[r(0, 6)], comment="hello"), "2024-02-27", "2024-03-10"),
    ("end_before_start", structured(hour=[r(5, 3)]), "2024-02-27", "2024-03-10"),
    ("year_range", structured(**{**ALL, "second": [r(0)], "minute": [r(0)], "hour": [r(0)], "dayOfMonth": [r(1)], "year": [r(2025, 2030, 2)]}), "2024-01-01", "2050-01-01"),
    ("calendar_all", calendar(second="5", minute="*/15", hour="9-17/4", dayOfMonth="1,15", month="feb-apr", year="2024-2025", dayOfWeek="mon-fri", comment="office"), "2024-01-01", "2026-01-01"),
    ("calendar_spaces", calendar(hour=" 5 "), "2024-01-01", "2024-01-05"),
    ("names_long", calendar(month="September", dayOfWeek="THURS", hour="1"), "2024-01-01", "2026-01-01"),
    ("names_dow_two", calendar(dayOfWeek="tu,th"), "2024-01-01", "2024-02-01"),
    ("name_month_short", calendar(month="ma"), "2024-01-01", "2024-02-01"),
    ("name_dow_short", calendar(dayOfWeek="s"), "2024-01-01", "2024-02-01"),
    ("name_unknown", calendar(month="foo"), "2024-01-01", "2024-02-01"),
    ("dow_seven", calendar(dayOfWeek="7"), "2024-01-01", "2024-02-01"),
    ("dow_fri_to_seven", calendar(dayOfWeek="5-7"), "2024-01-01", "2024-02-01"),
    ("dow_star_step", calendar(dayOfWeek="*/2"), "2024-01-01", "2024-02-01"),
    ("dow_fri_to_sun", calendar(dayOfWeek="fri-sun"), "2024-01-01", "2024-02-01"),
    ("step_from_value", calendar(minute="7/20", hour="*"), "2024-01-01", "2024-01-02"),
    ("step_of_star", calendar(minute="*/25", hour="*"), "2024-01-01", "2024-01-02"),
    ("step_one", calendar(minute="1-5/1", hour="*"), "2024-01-01", "2024-01-02"),
    ("step_zero", calendar(minute="*/0"), "2024-01-01", "2024-01-02"),
    ("step_negative", calendar(minute="*/-1"), "2024-01-01", "2024-01-02"),
    ("step_two_slashes", calendar(minute="*/2/3"), "2024-01-01", "2024-01-02"),
    ("step_empty", calendar(minute="*/"), "2024-01-01", "2024-01-02"),
    ("step_huge", calendar(minute="5/1000", hour="*"), "2024-01-01", "2024-01-02"),
    ("step_overflow", calendar(minute="5/99999999999999999999"), "2024-01-01", "2024-01-02"),
    ("step_over_i32", calendar(minute="5/4294967297"), "2024-01-01", "2024-01-02"),
    ("range_backwards", calendar(hour="9-5"), "2024-01-01", "2024-01-02"),
    ("range_open", calendar(hour="9-"), "2024-01-01", "2024-01-02"),
    ("range_three", calendar(hour="1-2-3"), "2024-01-01", "2024-01-02"),
    ("range_one", calendar(hour="4-4"), "2024-01-01", "2024-01-03"),
    ("range_at_zero", calendar(minute="0-0", hour="0/12"), "2024-01-01", "2024-01-03"),
    ("list_empty", calendar(hour="1,,2"), "2024-01-01", "2024-01-02"),
    ("list_spaces", calendar(hour="1, 2"), "2024-01-01", "2024-01-02"),
    ("plus_sign", calendar(hour="+5"), "2024-01-01", "2024-01-02"),
    ("leading_zero", calendar(hour="05"), "2024-01-01", "2024-01-02"),
    ("not_a_number", calendar(hour="abc"), "2024-01-01", "2024-01-02"),
    ("number_overflow", calendar(hour="99999999999999999999"), "2024-01-01", "2024-01-02"),
    ("out_of_range_hour", calendar(hour="24"), "2024-01-01", "2024-01-02"),
    ("out_of_range_dom", calendar(dayOfMonth="0"), "2024-01-01", "2024-01-02"),
    ("out_of_range_year", calendar(year="1999"), "2024-01-01", "2024-01-02"),
    ("structured_out_of_range", structured(hour=[r(24)], minute=[r(5, 4)], second=[r(0, 60)]), "2024-01-01", "2024-01-02"),
    ("structured_bad_step", structured(hour=[r(1, 5, -1)], dayOfWeek=[r(7)]), "2024-01-01", "2024-01-02"),
    ("structured_bad_year", structured(year=[r(1999, 2200)], month=[r(0)], dayOfMonth=[r(32)]), "2024-01-01", "2024-01-02"),
    ("comment_long", structured(hour=[r(1)], comment="x" * 201), "2024-01-01", "2024-01-02"),
    ("comment_200", calendar(hour="1", comment="x" * 200), "2024-01-01", "2024-01-03"),
    # The calendar itself.
    ("leap_day", calendar(month="2", dayOfMonth="29"), "2023-01-01", "2101-01-01"),
    ("thirty_first", calendar(dayOfMonth="31"), "2023-01-01", "2024-06-01"),
    ("friday_thirteenth", calendar(dayOfMonth="13", dayOfWeek="fri"), "2023-01-01", "2030-06-01"),
    ("feb_thirtieth", calendar(month="2", dayOfMonth="30"), "2023-01-01", "2101-01-01"),
    ("before_2000", calendar(hour="12"), "1999-12-30", "2000-01-04"),
    ("before_1970", every("3600s"), "1969-12-31T20:00:00Z", "1970-01-01T03:00:00Z"),
    ("around_2100", every("3600s"), "2100-12-31T20:00:00Z", "2101-01-01T03:00:00Z"),
    ("until_2100", calendar(month="12", dayOfMonth="31"), "2095-01-01", "2110-01-01"),
    # Cron strings.
    ("cron_five", cron("15 8 * * 1-5"), "2024-01-01", "2024-02-01"),
    ("cron_six", cron("0 12 1 1 * 2026-2028"), "2024-01-01", "2034-02-01"),
    ("cron_seven", cron("10,20 30 6 * * sat 2024"), "2024-01-01", "2024-02-01"),
    ("cron_eight", cron("1 2 3 4 5 6 2024 8"), "2024-01-01", "2024-02-01"),
    ("cron_four", cron("1 2 3 4"), "2024-01-01", "2024-02-01"),
    ("cron_empty", cron(""), "2024-01-01", "2024-02-01"),
    ("cron_both_days", cron("0 0 13 * 5"), "2024-01-01", "2026-02-01"),
    ("cron_question", cron("0 0 ? * 5"), "2024-01-01", "2024-02-01"),
    ("cron_comment", cron("0 5 * * * # at five"), "2024-01-01", "2024-01-04"),
    ("cron_comment_tight", cron("0 5 * * *#at#five"), "2024-01-01", "2024-01-04"),
    ("cron_only_comment", cron("# nothing"), "2024-01-01", "2024-01-04"),
    ("cron_spaces", cron("  0   5\t* * *  "), "2024-01-01", "2024-01-04"),
    ("cron_dow_seven", cron("0 5 * * 7"), "2024-01-01", "2024-02-04"),
    ("cron_names", cron("0 5 * jan-mar,DEC mon,Wed"), "2024-01-01", "2024-02-04"),
    ("cron_yearly", cron("@yearly"), "2024-01-02", "2028-02-04"),
    ("cron_annually", cron("@annually # comment"), "2024-01-02", "2028-02-04"),
    ("cron_monthly", cron("@monthly"), "2024-01-02", "2024-06-04"),
    ("cron_weekly", cron("@weekly"), "2024-01-02", "2024-03-04"),
    ("cron_daily", cron("@daily"), "2024-01-02", "2024-01-14"),
    ("cron_midnight", cron("@midnight"), "2024-01-02", "2024-01-14"),
    ("cron_hourly", cron("@hourly"), "2024-01-02", "2024-01-03"),
    ("cron_hourly_upper", cron("@HOURLY"), "2024-01-02", "2024-01-03"),
    ("cron_unknown_at", cron("@never"), "2024-01-02", "2024-01-03"),
    ("cron_every", cron("@every 90m"), "2024-01-02", "2024-01-03"),
    ("cron_every_phase", cron("@every 14h/3h"), "2024-01-02", "2024-01-08"),
    ("cron_every_days", cron("@every 2d/1d"), "2024-01-02", "2024-01-12"),
    ("cron_every_mixed", cron("@every 1d2h30m"), "2024-01-02", "2024-01-12"),
    ("cron_every_fraction", cron("@every 1.5h"), "2024-01-02", "2024-01-03"),
    ("cron_every_millis", cron("@every 1500ms"), "2024-01-02", "2024-01-03"),
    ("cron_every_seconds", cron("@every 45"), "2024-01-02", "2024-01-03"),
    ("cron_every_small", cron("@every 10ms"), "2024-01-02", "2024-01-03"),
    ("cron_every_zero", cron("@every 0"), "2024-01-02", "2024-01-03"),
    ("cron_every_negative", cron("@every -5m"), "2024-01-02", "2024-01-03"),
    ("cron_every_none", cron("@every"), "2024-01-02", "2024-01-03"),
    ("cron_every_word", cron("@every day"), "2024-01-02", "2024-01-03"),
    ("cron_every_unit", cron("@every 5x"), "2024-01-02", "2024-01-03"),
    ("cron_every_spaces", cron("@every  5m"), "2024-01-02", "2024-01-03"),
    ("cron_every_inner_space", cron("@every 5m 3s"), "2024-01-02", "2024-01-03"),
    ("cron_every_comment", cron("@every 5h # often"), "2024-01-02", "2024-01-03"),
    ("cron_every_phase_too_big", cron("@every 1h/2h"), "2024-01-02", "2024-01-03"),
    ("cron_every_bad_phase", cron("@every 1h/x"), "2024-01-02", "2024-01-03"),
    ("cron_every_two_phases", cron("@every 3h/1h/1h"), "2024-01-02", "2024-01-03"),
    ("cron_every_huge", cron("@every 10000000d"), "2024-01-02", "2024-01-03"),
    ("cron_every_weeks", cron("@every 1w"), "2024-01-02", "2024-03-03"),
    ("cron_everything", cron("@everything 5m"), "2024-01-02", "2024-01-03"),
    ("cron_two", cron("0 1 * * *", "30 2 * * *"), "2024-01-02", "2024-01-06"),
    # Intervals.
    ("every_hour", every("3600s"), "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("every_phase", every("3600s", "1234s"), "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("every_week", every("604800s"), "2024-01-01", "2024-03-01"),
    ("every_seven_seconds", every("7s"), "2024-01-01T00:00:00.5Z", "2024-01-01T00:02:00Z"),
    ("every_fraction", every("1.5s", "0.7s"), "2024-01-01T00:00:00Z", "2024-01-01T00:00:20Z"),
    ("every_big_fraction", every("10.9s", "3.9s"), "2024-01-01T00:00:00Z", "2024-01-01T00:02:00Z"),
    ("every_small", every("0.5s"), "2024-01-01", "2024-01-02"),
    ("every_none", {"interval": [{}]}, "2024-01-01", "2024-01-02"),
    ("every_negative", every("-5s"), "2024-01-01", "2024-01-02"),
    ("phase_negative", every("5s", "-1s"), "2024-01-01", "2024-01-02"),
    ("phase_equal", every("5s", "5s"), "2024-01-01", "2024-01-02"),
    ("two_intervals", {"interval": [{"interval": "420s"}, {"interval": "600s", "phase": "60s"}]}, "2024-01-01T00:00:00Z", "2024-01-01T02:00:00Z"),
    ("interval_and_calendar", {"interval": [{"interval": "18000s"}], "calendar": [{"hour": "*/7"}]}, "2024-01-01", "2024-01-03"),
    ("nothing", {}, "2024-01-01", "2024-01-02"),
    # Windows.
    ("start_inclusive", every("3600s", startTime="2024-01-01T02:00:00Z"), "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("start_between", every("3600s", startTime="2024-01-01T02:00:00.5Z"), "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("end_inclusive", every("3600s", endTime="2024-01-01T04:00:00Z"), "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("end_between", every("3600s", endTime="2024-01-01T04:30:00Z"), "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("end_before_start_time", every("3600s", startTime="2024-01-01T05:00:00Z", endTime="2024-01-01T04:30:00Z"), "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("list_bounds", every("3600s"), "2024-01-01T01:00:00Z", "2024-01-01T03:00:00Z"),
    ("list_fraction", every("3600s"), "2024-01-01T00:59:59.9Z", "2024-01-01T03:00:00.1Z"),
    ("list_backwards", every("3600s"), "2024-01-01T03:00:00Z", "2024-01-01T01:00:00Z"),
    # Excludes.
    ("exclude_weekend", {"calendar": [{"hour": "12"}], "excludeCalendar": [{"second": "*", "minute": "*", "hour": "*", "dayOfWeek": "sat,sun"}]}, "2024-01-01", "2024-02-01"),
    ("exclude_default_hour", {"interval": [{"interval": "21600s"}], "excludeCalendar": [{"dayOfMonth": "3"}]}, "2024-01-01", "2024-01-06"),
    ("exclude_structured", {"interval": [{"interval": "3600s"}], "excludeStructuredCalendar": [{**ALL, "hour": [r(2, 21)]}]}, "2024-01-01", "2024-01-04"),
    ("exclude_zoned", {"interval": [{"interval": "3600s"}], "timezoneName": "Asia/Tokyo", "excludeStructuredCalendar": [{**ALL, "hour": [r(2, 21)]}]}, "2024-01-01", "2024-01-04"),
    ("exclude_structured_invalid", {"interval": [{"interval": "3600s"}], "excludeStructuredCalendar": [{"hour": [r(30)]}]}, "2024-01-01", "2024-01-02"),
    ("exclude_invalid", {"interval": [{"interval": "3600s"}], "excludeCalendar": [{"hour": "30"}]}, "2024-01-01", "2024-01-02"),
    # Time zones.
    ("new_york", cron("0 9 * * *", timezoneName="America/New_York"), "2024-03-08", "2024-03-13"),
    ("ny_gap", cron("30 2 * * *", timezoneName="America/New_York"), "2024-03-08", "2024-03-13"),
    ("ny_gap_hourly", cron("0 * * * *", timezoneName="America/New_York"), "2024-03-10T04:00:00Z", "2024-03-10T12:00:00Z"),
    ("ny_gap_minutes", cron("*/20 1-3 * * *", timezoneName="America/New_York"), "2024-03-10T04:00:00Z", "2024-03-10T12:00:00Z"),
    ("ny_fold", cron("30 1 * * *", timezoneName="America/New_York"), "2024-11-01", "2024-11-07"),
    ("ny_fold_start", cron("0 1 * * *", timezoneName="America/New_York"), "2024-11-01", "2024-11-07"),
    ("ny_fold_hourly", cron("0 * * * *", timezoneName="America/New_York"), "2024-11-03T03:00:00Z", "2024-11-03T10:00:00Z"),
    ("ny_fold_minutes", cron("*/20 0-2 * * *", timezoneName="America/New_York"), "2024-11-03T03:00:00Z", "2024-11-03T10:00:00Z"),
    ("ny_fold_odd", cron("59 59 1 * * * *", timezoneName="America/New_York"), "2024-11-01", "2024-11-07"),
    ("ny_fold_zero_only", cron("0 1 3 11 *", timezoneName="America/New_York"), "2024-01-01", "2030-11-07"),
    ("ny_fold_inside", cron("30 1 * * *", timezoneName="America/New_York"), "2024-11-03T06:00:00Z", "2024-11-05"),
    ("berlin", cron("0 3 * * *", timezoneName="Europe/Berlin"), "2024-03-29", "2024-04-03"),
    ("berlin_gap", cron("15 2 * * *", timezoneName="Europe/Berlin"), "2024-03-29", "2024-04-03"),
    ("berlin_fold", cron("15 2 * * *", timezoneName="Europe/Berlin"), "2024-10-25", "2024-10-30"),
    ("lord_howe_gap", cron("*/15 1-3 * * *", timezoneName="Australia/Lord_Howe"), "2024-10-05T13:00:00Z", "2024-10-06T17:00:00Z"),
    ("lord_howe_fold", cron("*/15 1-3 * * *", timezoneName="Australia/Lord_Howe"), "2024-04-06T13:00:00Z", "2024-04-07T17:00:00Z"),
    ("lord_howe_fold_hourly", cron("45 1 * * *", timezoneName="Australia/Lord_Howe"), "2024-04-05", "2024-04-10"),
    ("santiago_midnight_gap", cron("0 0 * * *", timezoneName="America/Santiago"), "2024-09-05", "2024-09-11"),
    ("santiago_midnight_gap_half", cron("30 0 * * *", timezoneName="America/Santiago"), "2024-09-05", "2024-09-11"),
    ("santiago_fold", cron("30 23 * * *", timezoneName="America/Santiago"), "2024-04-04", "2024-04-10"),
    ("cairo_gap", cron("0 0 * * 5", timezoneName="Africa/Cairo"), "2024-04-15", "2024-05-05"),
    ("st_johns_2010_fold", cron("*/30 * * * *", timezoneName="America/St_Johns"), "2010-11-07T01:00:00Z", "2010-11-07T05:00:00Z"),
    ("st_johns_2010_gap", cron("*/30 * * * *", timezoneName="America/St_Johns"), "2010-03-14T01:00:00Z", "2010-03-14T06:00:00Z"),
    ("samoa_lost_day", cron("0 12 * * *", timezoneName="Pacific/Apia"), "2011-12-28", "2012-01-02"),
    ("casablanca", cron("30 2 * * *", timezoneName="Africa/Casablanca"), "2024-03-08", "2024-03-13"),
    ("kathmandu", cron("0 6 * * *", timezoneName="Asia/Kathmandu"), "2024-03-08", "2024-03-13"),
    ("utc", cron("0 6 * * *", timezoneName="UTC"), "2024-03-08", "2024-03-10"),
    ("etc_gmt", cron("0 6 * * *", timezoneName="Etc/GMT+5"), "2024-03-08", "2024-03-10"),
    ("est", cron("0 6 * * *", timezoneName="EST5EDT"), "2024-03-08", "2024-03-12"),
    ("zone_unknown", cron("0 6 * * *", timezoneName="Europe/Atlantis"), "2024-03-08", "2024-03-10"),
    ("zone_lower", cron("0 6 * * *", timezoneName="europe/berlin"), "2024-03-08", "2024-03-10"),
    ("zone_dots", cron("0 6 * * *", timezoneName="../etc/passwd"), "2024-03-08", "2024-03-10"),
    ("zone_local", cron("0 6 * * *", timezoneName="Local"), "2024-03-08", "2024-03-10"),
    ("cron_tz", cron("CRON_TZ=Asia/Tokyo 0 6 * * *"), "2024-03-08", "2024-03-10"),
    ("cron_tz_short", cron("TZ=Asia/Tokyo 0 6 * * *"), "2024-03-08", "2024-03-10"),
    ("cron_tz_same", cron("TZ=Asia/Tokyo 0 6 * * *", timezoneName="Asia/Tokyo"), "2024-03-08", "2024-03-10"),
    ("cron_tz_other", cron("TZ=Asia/Tokyo 0 6 * * *", timezoneName="Asia/Seoul"), "2024-03-08", "2024-03-10"),
    ("cron_tz_two", cron("TZ=Asia/Tokyo 0 6 * * *", "CRON_TZ=Asia/Tokyo 0 8 * * *"), "2024-03-08", "2024-03-10"),
    ("cron_tz_two_other", cron("TZ=Asia/Tokyo 0 6 * * *", "TZ=Asia/Seoul 0 8 * * *"), "2024-03-08", "2024-03-10"),
    ("cron_tz_one_of_two", cron("TZ=Asia/Tokyo 0 6 * * *", "0 8 * * *"), "2024-03-08", "2024-03-10"),
    ("cron_tz_every", cron("TZ=Asia/Tokyo @every 5h"), "2024-03-08", "2024-03-10"),
    ("cron_tz_hourly", cron("TZ=Asia/Kathmandu @hourly"), "2024-03-08", "2024-03-09"),
    ("cron_tz_and_every", cron("TZ=Asia/Tokyo 0 6 * * *", "TZ=Asia/Tokyo @every 5h"), "2024-03-08", "2024-03-10"),
    ("cron_tz_alone", cron("TZ=Asia/Tokyo"), "2024-03-08", "2024-03-10"),
    ("cron_tz_empty", cron("TZ= 0 6 * * *"), "2024-03-08", "2024-03-10"),
    ("cron_tz_unknown", cron("TZ=Mars/Olympus 0 6 * * *"), "2024-03-08", "2024-03-10"),
    ("cron_tz_spaces", cron(" TZ=Asia/Tokyo 0 6 * * *"), "2024-03-08", "2024-03-10"),
    ("calendar_zone", {"calendar": [{"hour": "0"}], "timezoneName": "America/St_Johns"}, "2024-03-08", "2024-03-13"),
    # Several at once keep their order.
    ("order", {
        "structuredCalendar": [{"hour": [r(1)]}], "calendar": [{"hour": "2"}], "cronString": ["0 3 * * *", "@every 7h"],
        "interval": [{"interval": "36000s"}], "excludeStructuredCalendar": [{"hour": [r(4)]}], "excludeCalendar": [{"hour": "5"}],
    }, "2024-01-01", "2024-01-03"),
    # Sunday as 7, and other corners.
    ("dow_zero_to_seven", calendar(dayOfWeek="0-7"), "2024-01-01", "2024-02-01"),
    ("dow_one_to_seven_by_three", calendar(dayOfWeek="1-7/3"), "2024-01-01", "2024-02-01"),
    ("dow_five_to_seven_by_two", calendar(dayOfWeek="5-7/2"), "2024-01-01", "2024-02-01"),
    ("dow_six_to_seven_by_two", calendar(dayOfWeek="6-7/2"), "2024-01-01", "2024-02-01"),
    ("dow_seven_to_seven", calendar(dayOfWeek="7-7"), "2024-01-01", "2024-02-01"),
    ("dow_seven_step", calendar(dayOfWeek="7/2"), "2024-01-01", "2024-02-01"),
    ("dow_six_step", calendar(dayOfWeek="6/1"), "2024-01-01", "2024-02-01"),
    ("dow_four_step", calendar(dayOfWeek="4/2"), "2024-01-01", "2024-02-01"),
    ("dow_sun_to_seven", calendar(dayOfWeek="sun-7"), "2024-01-01", "2024-02-01"),
    ("dow_star_by_seven", calendar(dayOfWeek="*/7"), "2024-01-01", "2024-02-01"),
    ("dow_mixed", calendar(dayOfWeek="6-7,wed,2"), "2024-01-01", "2024-02-01"),
    ("dow_eight", calendar(dayOfWeek="8"), "2024-01-01", "2024-02-01"),
    ("year_step", calendar(year="*/7", month="1", dayOfMonth="1"), "2024-01-01", "2070-02-01"),
    ("year_star_list", calendar(year="2024,*", month="1", dayOfMonth="1"), "2024-01-01", "2034-02-01"),
    ("star_in_list", calendar(hour="3,*"), "2024-01-01", "2024-01-02"),
    ("star_range", calendar(hour="*-5"), "2024-01-01", "2024-01-02"),
    ("step_wraps_negative", calendar(minute="5/2147483648"), "2024-01-01", "2024-01-02"),
    ("step_wraps_zero", calendar(minute="5/4294967296"), "2024-01-01", "2024-01-02"),
    ("step_word", calendar(minute="*/x"), "2024-01-01", "2024-01-02"),
    ("step_plus", calendar(minute="*/+20", hour="*"), "2024-01-01", "2024-01-02"),
    ("value_underscore", calendar(minute="1_0"), "2024-01-01", "2024-01-02"),
    ("value_unicode", calendar(minute="\u0661"), "2024-01-01", "2024-01-02"),
    ("whole_minus", calendar(minute="-5"), "2024-01-01", "2024-01-02"),
    ("month_number_names", calendar(month="2-apr"), "2024-01-01", "2025-01-02"),
    ("month_sept", calendar(month="sept"), "2024-01-01", "2025-01-02"),
    ("month_too_long", calendar(month="januaryy"), "2024-01-01", "2025-01-02"),
    ("cron_long_comment", cron("0 5 * * * # " + "y" * 201), "2024-01-01", "2024-01-04"),
    ("cron_hash_in_zone", cron("TZ=Asia/Tokyo # 0 5 * * *"), "2024-01-01", "2024-01-04"),
    ("cron_zone_tab", cron("TZ=Asia/Tokyo\t0 5 * * *"), "2024-01-01", "2024-01-04"),
    ("cron_zone_two_spaces", cron("TZ=Asia/Tokyo  0 5 * * *"), "2024-01-01", "2024-01-04"),
    ("cron_zone_two_spaces_daily", cron("TZ=Asia/Tokyo  @daily"), "2024-01-01", "2024-01-04"),
    ("cron_daily_fields", cron("@daily *"), "2024-01-01", "2024-01-04"),
    ("cron_every_micro", cron("@every 1000001us"), "2024-01-02T00:00:00Z", "2024-01-02T00:00:09Z"),
    ("cron_every_greek", cron("@every 1000001\u00b5s"), "2024-01-02T00:00:00Z", "2024-01-02T00:00:09Z"),
    ("cron_every_nano", cron("@every 2000000001ns"), "2024-01-02T00:00:00Z", "2024-01-02T00:00:09Z"),
    ("cron_every_plus", cron("@every +5m"), "2024-01-02", "2024-01-03"),
    ("cron_every_dot", cron("@every ."), "2024-01-02", "2024-01-03"),
    ("cron_every_dot_unit", cron("@every .s"), "2024-01-02", "2024-01-03"),
    ("cron_every_half", cron("@every .5h/.25h"), "2024-01-02T00:00:00Z", "2024-01-02T05:00:00Z"),
    ("cron_every_trailing_dot", cron("@every 5.h"), "2024-01-02", "2024-01-03"),
    ("cron_every_half_day", cron("@every 0.5d"), "2024-01-02", "2024-01-04"),
    ("cron_every_two_days", cron("@every 1d1d"), "2024-01-02", "2024-01-14"),
    ("cron_every_minus_day", cron("@every -1d"), "2024-01-02", "2024-01-04"),
    ("cron_every_overflow", cron("@every 9999999999999999999h"), "2024-01-02", "2024-01-04"),
    ("cron_every_overflow_sum", cron("@every 2562047h2562047h"), "2024-01-02", "2024-01-04"),
    ("cron_every_max", cron("@every 2562047h"), "1970-01-02", "2100-01-04"),
    ("cron_every_negative_phase", cron("@every 5m/-1m"), "2024-01-02", "2024-01-04"),
    ("cron_every_empty_phase", cron("@every 5h/"), "2024-01-02", "2024-01-04"),
    ("cron_every_quote", cron("@every 5\"m"), "2024-01-02", "2024-01-04"),
    ("cron_every_slash_only", cron("@every /5m"), "2024-01-02", "2024-01-04"),
    ("berlin_before_fold", cron("15 1 * * *", timezoneName="Europe/Berlin"), "2024-10-25", "2024-10-30"),
    ("berlin_fold_hourly", cron("30 * * * *", timezoneName="Europe/Berlin"), "2024-10-26T22:00:00Z", "2024-10-27T05:00:00Z"),
    ("berlin_fold_inside", cron("*/10 2 * * *", timezoneName="Europe/Berlin"), "2024-10-27T00:15:00Z", "2024-10-28T05:00:00Z"),
    ("berlin_gap_hourly", cron("30 * * * *", timezoneName="Europe/Berlin"), "2024-03-30T22:00:00Z", "2024-03-31T05:00:00Z"),
    ("london_gap", cron("30 1 * * *", timezoneName="Europe/London"), "2024-03-29", "2024-04-02"),
    ("london_fold", cron("30 1 * * *", timezoneName="Europe/London"), "2024-10-25", "2024-10-30"),
    ("london_fold_hourly", cron("0 * * * *", timezoneName="Europe/London"), "2024-10-26T22:00:00Z", "2024-10-27T05:00:00Z"),
    ("sydney_fold", cron("30 2 * * *", timezoneName="Australia/Sydney"), "2024-04-05", "2024-04-10"),
    ("sydney_gap", cron("30 2 * * *", timezoneName="Australia/Sydney"), "2024-10-03", "2024-10-08"),
    ("apia_2011_hourly", cron("0 */6 * * *", timezoneName="Pacific/Apia"), "2011-12-29", "2012-01-01"),
    ("dublin_fold", cron("30 1 * * *", timezoneName="Europe/Dublin"), "2024-10-25", "2024-10-30"),
    ("far_zone", cron("30 1 15 7 *", timezoneName="America/New_York"), "2035-01-01", "2060-10-30"),
    ("exclude_fold", {"cronString": ["0 * * * *"], "timezoneName": "America/New_York", "excludeCalendar": [{"hour": "1"}]}, "2024-11-03T03:00:00Z", "2024-11-03T10:00:00Z"),
    ("exclude_almost_all", {"interval": [{"interval": "1s"}], "excludeStructuredCalendar": [{**ALL, "hour": [r(0, 22)]}]}, "2024-01-01T10:00:00Z", "2024-01-01T23:00:02Z"),
    ("exclude_half_hour", {"interval": [{"interval": "1s"}], "excludeStructuredCalendar": [{**ALL, "minute": [r(0, 29)]}]}, "2024-01-01T10:00:00Z", "2024-01-01T10:30:04Z"),
    ("exclude_everything", {"interval": [{"interval": "1s"}], "excludeStructuredCalendar": [ALL]}, "2024-01-01T10:00:00Z", "2024-01-01T10:30:04Z"),
    ("jitter_no_room", {"interval": [{"interval": "3600s"}], "jitter": "0.0005s"}, "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("jitter_negative", {"interval": [{"interval": "3600s"}], "jitter": "-5s"}, "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("zone_data", {"interval": [{"interval": "3600s"}], "timezoneName": "X", "timezoneData": "AAAA"}, "2024-01-01T00:00:00Z", "2024-01-01T06:00:00Z"),
    ("zone_slash", cron("0 6 * * *", timezoneName="/etc"), "2024-03-08", "2024-03-10"),
    ("zone_empty_directory", cron("0 6 * * *", timezoneName="Europe"), "2024-03-08", "2024-03-10"),
    ("zone_alias", cron("0 6 * * *", timezoneName="US/Pacific"), "2024-03-08", "2024-03-12"),
    ("many_calendars", {"calendar": [{"hour": str(h)} for h in range(12)]}, "2024-03-08", "2024-03-09"),
    ("dow_one_to_seven", calendar(dayOfWeek="1-7"), "2024-01-01", "2024-02-01"),
    ("dow_two_to_seven", calendar(dayOfWeek="2-7"), "2024-01-01", "2024-02-01"),
    ("dow_zero_to_seven_by_seven", calendar(dayOfWeek="0-7/7"), "2024-01-01", "2024-02-01"),
    ("dow_zero_step_seven", calendar(dayOfWeek="0/7"), "2024-01-01", "2024-02-01"),
    ("dow_star_by_one", calendar(dayOfWeek="*/1"), "2024-01-01", "2024-02-01"),
    ("dow_seven_to_seven_by_three", calendar(dayOfWeek="7-7/3"), "2024-01-01", "2024-02-01"),
    ("dow_one_to_six", calendar(dayOfWeek="1-6"), "2024-01-01", "2024-02-01"),
    ("year_star_by_one", calendar(year="*/1", month="1", dayOfMonth="1"), "2024-01-01", "2070-02-01"),
    ("year_whole", calendar(year="2000-2100", month="1", dayOfMonth="1"), "2024-01-01", "2070-02-01"),
    ("year_spaces", calendar(year=" * ", month="1", dayOfMonth="1"), "2024-01-01", "2070-02-01"),
    ("errors_minute_hour", calendar(minute="x", hour="y"), "2024-01-01", "2070-02-01"),
    ("errors_second_year", calendar(second="x", year="y"), "2024-01-01", "2070-02-01"),
    ("errors_dow_dom", calendar(dayOfWeek="x", dayOfMonth="y"), "2024-01-01", "2070-02-01"),
    ("errors_month_dow", calendar(dayOfWeek="x", month="y"), "2024-01-01", "2070-02-01"),
    ("errors_hour_month", calendar(hour="x", month="y"), "2024-01-01", "2070-02-01"),
    ("errors_year_month", calendar(year="x", month="y"), "2024-01-01", "2070-02-01"),
    ("errors_calendar_cron", {"calendar": [{"hour": "x"}], "cronString": ["1"], "interval": [{}]}, "2024-01-01", "2070-02-01"),
    ("errors_exclude_cron", {"excludeCalendar": [{"hour": "x"}], "cronString": ["1"], "interval": [{}]}, "2024-01-01", "2070-02-01"),
    ("errors_interval_zone", {"interval": [{}], "timezoneName": "X"}, "2024-01-01", "2070-02-01"),
    ("errors_zone_conflict", cron("TZ=X 0 0 * * *", timezoneName="Y"), "2024-01-01", "2070-02-01"),
    ("end_before_1970", every("3600s", endTime="1969-01-01T00:00:00Z"), "2024-01-01", "2070-02-01"),
    ("start_before_1970", every("3600s", startTime="1960-01-01T00:00:00Z"), "1960-01-01T00:00:00Z", "1960-01-01T06:00:00Z"),
    ("exclude_day", {"interval": [{"interval": "1s"}], "excludeStructuredCalendar": [{**ALL, "dayOfMonth": [r(1)]}]}, "2024-01-01T00:00:00Z", "2024-01-02T00:00:04Z"),
    ("exclude_two_days", {"interval": [{"interval": "1s"}], "excludeStructuredCalendar": [{**ALL, "dayOfMonth": [r(1, 2)]}]}, "2024-01-01T00:00:00Z", "2024-01-03T00:00:04Z"),
]


def stamp(text):
    if "T" not in text:
        text += "T00:00:00Z"
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


async def main(address):
    client = await Client.connect(address)
    service = client.workflow_service
    out = []
    for name, spec, start, end in CASES:
        row = {"name": name, "spec": spec, "from": start, "to": end}
        id = str(uuid.uuid4())
        schedule = Schedule()
        schedule.spec.CopyFrom(json_format.ParseDict(spec, ScheduleSpec()))
        schedule.state.paused = True
        schedule.action.start_workflow.workflow_id = "w"
        schedule.action.start_workflow.workflow_type.name = "W"
        schedule.action.start_workflow.task_queue.name = "q"
        try:
            await service.create_schedule(CreateScheduleRequest(namespace="default", schedule_id=id, schedule=schedule, request_id=id))
        except RPCError as error:
            row["error"] = error.message
            row["code"] = error.status.name
            out.append(row)
            continue
        described = await service.describe_schedule(DescribeScheduleRequest(namespace="default", schedule_id=id))
        row["canonical"] = json_format.MessageToDict(described.schedule.spec)
        try:
            request = ListScheduleMatchingTimesRequest(namespace="default", schedule_id=id)
            request.start_time.FromDatetime(stamp(start))
            request.end_time.FromDatetime(stamp(end))
            listed = await service.list_schedule_matching_times(request)
            row["count"] = len(listed.start_time)
            row["times"] = [t.seconds for t in listed.start_time][:KEPT]
        except RPCError as error:
            row["listError"] = error.message
            row["code"] = error.status.name
        out.append(row)
        await service.delete_schedule(DeleteScheduleRequest(namespace="default", schedule_id=id))
    print("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in out) + "\n]")


asyncio.run(main(sys.argv[1]))
