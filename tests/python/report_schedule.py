"""Makes a schedule of the workflow `Report`, which a Rust worker runs, with all that Python can say of one.

Usage: report_schedule.py ADDRESS TASK_QUEUE SCHEDULE_ID NAME
Prints the schedule id as one line of JSON.
"""

import json
import sys
from datetime import datetime, timedelta, timezone

from temporalio.client import (
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleState,
)
from temporalio.common import Priority, RetryPolicy

from connection import connect, run


async def main(address: str, task_queue: str, schedule_id: str, name: str) -> None:
    client = await connect(address)
    action = ScheduleActionStartWorkflow(
        "Report",
        args=[name, 7],
        id=f"report-{name}",
        task_queue=task_queue,
        execution_timeout=timedelta(minutes=5),
        run_timeout=timedelta(minutes=4),
        task_timeout=timedelta(seconds=9),
        retry_policy=RetryPolicy(maximum_attempts=3, non_retryable_error_types=["ValueError"]),
        memo={"owner": "Grace", "budget": 7},
        static_summary="in one line",
        static_details="in more lines",
        priority=Priority(priority_key=2),
    )
    spec = ScheduleSpec(
        calendars=[ScheduleCalendarSpec(month=[ScheduleRange(1, 9, 4)], comment="three times a year")],
        intervals=[ScheduleIntervalSpec(every=timedelta(days=90), offset=timedelta(days=2))],
        cron_expressions=["0 4 1 1 *"],
        skip=[ScheduleCalendarSpec(year=[ScheduleRange(2099)])],
        start_at=datetime.now(timezone.utc),
        end_at=datetime.now(timezone.utc) + timedelta(days=3650),
        jitter=timedelta(seconds=5),
        time_zone_name="Europe/Berlin",
    )
    policy = SchedulePolicy(
        overlap=ScheduleOverlapPolicy.BUFFER_ONE, catchup_window=timedelta(minutes=10), pause_on_failure=True
    )
    state = ScheduleState(note="made in Python", paused=True, limited_actions=True, remaining_actions=9)
    handle = await client.create_schedule(
        schedule_id, Schedule(action=action, spec=spec, policy=policy, state=state), memo={"team": "a"}
    )
    print(json.dumps({"schedule": handle.id}))


run(main(*sys.argv[1:]))
