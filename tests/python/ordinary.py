"""What programs in Python do every day, worker and client: the scenarios print what they saw.

Usage: ordinary.py ADDRESS NAME
NAME is for task queues and ids. Prints one line of JSON.
"""

import asyncio
import json
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Optional

from temporalio import activity, workflow
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    ScheduleSpec,
    ScheduleState,
    ScheduleUpdate,
    WithStartWorkflowOperation,
    WorkflowFailureError,
    WorkflowUpdateFailedError,
)
from temporalio.common import RetryPolicy, WorkflowIDConflictPolicy
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError, TimeoutError
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

with workflow.unsafe.imports_passed_through():
    from connection import connect, run

SHORT = timedelta(seconds=10)


@dataclass
class Step:
    number: int
    name: str


@activity.defn
async def greet(step: Step) -> str:
    return f"{step.number}: hello {step.name}"


@activity.defn
async def flaky() -> int:
    attempt = activity.info().attempt
    if attempt < 3:
        raise ApplicationError(f"attempt {attempt}", type="Flaky")
    return attempt


@activity.defn
async def resumes() -> int:
    """Fails once, with what it has done in its heartbeat."""
    done = activity.info().heartbeat_details
    if not done:
        activity.heartbeat(41)
        raise ApplicationError("not yet")
    return done[0] + 1


@activity.defn
async def waits() -> str:
    while True:
        activity.heartbeat()
        await asyncio.sleep(0.05)


@activity.defn
async def silent() -> None:
    await asyncio.sleep(60)


@workflow.defn
class Steps:
    @workflow.run
    async def run(self, names: list[str]) -> list[str]:
        steps = [Step(number, name) for number, name in enumerate(names)]
        return list(
            await asyncio.gather(
                *(workflow.execute_activity(greet, step, start_to_close_timeout=SHORT) for step in steps)
            )
        )


@workflow.defn
class Trials:
    @workflow.run
    async def run(self) -> dict:
        soon = RetryPolicy(initial_interval=timedelta(milliseconds=10))
        never = RetryPolicy(maximum_attempts=1)
        local = await workflow.execute_local_activity(greet, Step(7, "here"), start_to_close_timeout=SHORT)
        flakily = await workflow.execute_activity(flaky, start_to_close_timeout=SHORT, retry_policy=soon)
        resumed = await workflow.execute_activity(
            resumes, start_to_close_timeout=SHORT, heartbeat_timeout=SHORT, retry_policy=soon
        )
        try:
            await workflow.execute_activity(
                silent, start_to_close_timeout=SHORT, heartbeat_timeout=timedelta(milliseconds=300), retry_policy=never
            )
            died = "lives"
        except ActivityError as error:
            died = error.cause.type.name if isinstance(error.cause, TimeoutError) else repr(error.cause)
        waiting = workflow.start_activity(
            waits,
            start_to_close_timeout=timedelta(seconds=60),
            heartbeat_timeout=timedelta(seconds=1),
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        )
        await workflow.sleep(0.2)
        waiting.cancel()
        try:
            await waiting
            stopped = "goes on"
        except ActivityError as error:
            stopped = type(error.cause).__name__
        return {"local": local, "flaky": flakily, "resumed": resumed, "silent": died, "cancelled": stopped}


@workflow.defn
class Account:
    def __init__(self) -> None:
        self.balance = 0
        self.closed = False

    @workflow.run
    async def run(self) -> int:
        await workflow.wait_condition(lambda: self.closed and workflow.all_handlers_finished())
        return self.balance

    @workflow.update
    async def deposit(self, amount: int) -> int:
        await workflow.sleep(0.01)
        self.balance += amount
        return self.balance

    @deposit.validator
    def check(self, amount: int) -> None:
        if amount <= 0:
            raise ApplicationError(f"{amount} is not an amount", type="InvalidAmount")

    @workflow.signal
    def close(self) -> None:
        self.closed = True

    @workflow.query
    def now(self) -> int:
        return self.balance


@workflow.defn
class Countdown:
    @workflow.run
    async def run(self, left: int) -> str:
        if left == 0:
            return workflow.info().first_execution_run_id or ""
        await workflow.sleep(0.01)
        workflow.continue_as_new(left - 1)


@workflow.defn
class Family:
    @workflow.run
    async def run(self, name: str) -> dict:
        steps = await workflow.execute_child_workflow(Steps.run, ["child"], id=f"{name}-steps")
        account = await workflow.start_child_workflow(Account.run, id=f"{name}-account")
        await account.signal(Account.close)
        closed = await account
        cancelled = await workflow.start_child_workflow(Account.run, id=f"{name}-cancelled")
        cancelled.cancel()
        try:
            await cancelled
            ended = "goes on"
        except Exception as error:
            ended = type(error.__cause__).__name__
        return {"steps": steps, "closed": closed, "cancelled": ended}


@workflow.defn
class Broken:
    @workflow.run
    async def run(self) -> None:
        raise ApplicationError("it is broken", 3, type="Broken", non_retryable=True)


async def updates(client: Client, queue: str, name: str) -> dict:
    start = WithStartWorkflowOperation(
        Account.run, id=f"{name}-account", task_queue=queue, id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING
    )
    first = await client.execute_update_with_start_workflow(Account.deposit, 3, start_workflow_operation=start)
    account = await start.workflow_handle()
    second = await account.execute_update(Account.deposit, 4)
    try:
        await account.execute_update(Account.deposit, -1)
        refused = "accepted"
    except WorkflowUpdateFailedError as error:
        refused = str(error.cause)
    asked = await account.query(Account.now)
    await account.signal(Account.close)
    return {"balances": [first, second, asked, await account.result()], "refused": refused}


async def schedules(client: Client, queue: str, name: str) -> dict:
    action = ScheduleActionStartWorkflow(Steps.run, ["Ada"], id=f"{name}-scheduled", task_queue=queue)
    spec = ScheduleSpec(intervals=[ScheduleIntervalSpec(every=timedelta(days=30))])
    schedule = await client.create_schedule(
        f"{name}-schedule", Schedule(action=action, spec=spec, state=ScheduleState(note="monthly"))
    )
    await schedule.trigger(overlap=ScheduleOverlapPolicy.ALLOW_ALL)
    for _ in range(200):
        described = await schedule.describe()
        if described.info.recent_actions:
            break
        await asyncio.sleep(0.05)
    started = described.info.recent_actions[0].action
    result = await client.get_workflow_handle(started.workflow_id).result()
    await schedule.pause(note="holidays")
    paused = (await schedule.describe()).schedule.state
    await schedule.unpause(note="back")

    def weekly(update):
        update.description.schedule.spec = ScheduleSpec(intervals=[ScheduleIntervalSpec(every=timedelta(days=7))])
        return ScheduleUpdate(schedule=update.description.schedule)

    await schedule.update(weekly)
    every = (await schedule.describe()).schedule.spec.intervals[0].every.days
    for _ in range(200):
        ids = [entry.id async for entry in await client.list_schedules()]
        if schedule.id in ids:
            break
        await asyncio.sleep(0.05)
    await schedule.delete()
    return {
        "result": result,
        "paused": [paused.paused, paused.note],
        "every": every,
        "listed": f"{name}-schedule" in ids,
    }


async def broken(client: Client, queue: str, name: str) -> dict:
    try:
        await client.execute_workflow(Broken.run, id=f"{name}-broken", task_queue=queue)
        return {"ended": "well"}
    except WorkflowFailureError as error:
        cause = error.cause
        assert isinstance(cause, ApplicationError)
        return {"type": cause.type, "message": cause.message, "details": list(cause.details)}


async def cancelled(client: Client, queue: str, name: str) -> str:
    handle = await client.start_workflow(Account.run, id=f"{name}-cancelled-account", task_queue=queue)
    await handle.cancel()
    try:
        await handle.result()
        return "goes on"
    except WorkflowFailureError as error:
        return type(error.cause).__name__


async def listed(client: Client, queue: str) -> Optional[int]:
    for _ in range(200):
        count = (await client.count_workflows(f"TaskQueue = '{queue}' AND WorkflowType = 'Steps'")).count
        if count >= 3:
            return count
        await asyncio.sleep(0.05)
    return None


async def main() -> None:
    address, name = sys.argv[1:]
    # Warnings go to stdout, and an activity that timed out while it slept is one.
    quiet = LoggingConfig(filter=TelemetryFilter(core_level="ERROR", other_level="ERROR"))
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=quiet)))
    client = await connect(address)
    # An environment on a server that is there: time is that of the server.
    async with WorkflowEnvironment.from_client(client) as environment:
        client, queue = environment.client, name
        worker = Worker(
            client,
            task_queue=queue,
            workflows=[Steps, Trials, Account, Countdown, Family, Broken],
            activities=[greet, flaky, resumes, waits, silent],
        )
        async with worker:
            execute = client.execute_workflow
            seen = {
                "steps": await execute(Steps.run, ["Ada", "Bob"], id=f"{name}-steps", task_queue=queue),
                "trials": await execute(Trials.run, id=f"{name}-trials", task_queue=queue),
                "family": await execute(Family.run, f"{name}-family", id=f"{name}-family", task_queue=queue),
                "updates": await updates(client, queue, f"{name}-updates"),
                "schedules": await schedules(client, queue, name),
                "broken": await broken(client, queue, name),
                "cancelled": await cancelled(client, queue, name),
            }
            countdown = await client.start_workflow(Countdown.run, 3, id=f"{name}-countdown", task_queue=queue)
            seen["countdown"] = await countdown.result() == countdown.first_execution_run_id
            seen["listed"] = await listed(client, queue)
    print(json.dumps(seen))


if __name__ == "__main__":
    run(main())
