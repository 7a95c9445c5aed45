"""Records what a Temporal dev server makes of cron schedules of workflows.

    temporal server start-dev --headless --port 17021
    python record.py localhost:17021 > cron.json        (needs the package temporalio)

Per schedule: the error of StartWorkflowExecution, or the time of the first event (nanoseconds since 1970) and the
backoff of the first workflow task (seconds).
"""

import asyncio
import json
import sys
import uuid

from temporalio.api.workflowservice.v1 import (
    GetWorkflowExecutionHistoryRequest,
    StartWorkflowExecutionRequest,
    TerminateWorkflowExecutionRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError

SCHEDULES = """
* * * * *|*/5 * * * *|0 * * * *|15,45 8-17/3 * * 1-5|0 0 1 1 *|0 0 29 2 *|0 0 30 2 *|0 0 31 4,6,9,11 *|0 12 13 * 5
0 12 13 */2 5|0 12 */2 * 5|0 12 */1 * 5|0 12 13 * */2|0 12 ? * mon|0 12 * jan-mar,DEC SUN|0 12 * * 0|0 12 * * 7|5/10 * * * *
5/1 * * * *|59 23 31 12 *|60 * * * *|* 24 * * *|* * 0 * *|* * 32 * *|* * * 13 *|* * * * mo|* * * january *|9-5 * * * *
1-2-3 * * * *|*/0 * * * *|*/-1 * * * *|*/2/3 * * * *|-5 * * * *|1,,2 * * * *|, * * * *|*-5 * * * *|+5 * * * *|x * * * *
* * * *|* * * * * *|0 0 12 * * *|@yearly|@annually|@monthly|@weekly|@daily|@midnight|@hourly|@HOURLY|@never|@every 90m
@every 1h30m|@every 1.5s|@every 10ms|@every 0s|@every -5m|@every 1d|@every|@every 5|@every 5m/1m|@every  5m|@everyday 5m
@reboot|CRON_TZ=Asia/Tokyo 0 6 * * *|TZ=Asia/Kathmandu 30 * * * *|TZ=America/New_York 30 2 * * *|CRON_TZ=Mars/X 0 6 * * *
TZ=Asia/Tokyo @every 7h|TZ=Asia/Tokyo @daily|TZ=Asia/Tokyo  0 6 * * *|TZ=UTC 0 6 * * *|TZ= 0 6 * * *|TZ=Local 0 6 * * *
  0 6 * * *| @daily|0 6 * * * # comment|0\t6 * * *|@daily |*/7 */5 * * *|0 0 */10 * *|0 0 * */5 *|10-20/3,50 * * * *|*/99 * * * *
0-59/100 * * * *|0 6 1-7 * mon|0 6 1-31 * mon|0 6 1,* * mon|? ? ? ? ?|TZ=../x 0 6 * * *|@every 1us2ms3s4m5h
"""


async def main(address):
    client = await Client.connect(address)
    service = client.workflow_service
    rows = []
    for schedule in [one for line in SCHEDULES.strip("\n").split("\n") for one in line.replace("\\t", "\t").split("|")]:
        row = {"schedule": schedule}
        id = str(uuid.uuid4())
        request = StartWorkflowExecutionRequest(namespace="default", workflow_id=id, request_id=id, cron_schedule=schedule)
        request.workflow_type.name = "W"
        request.task_queue.name = "q"
        try:
            await service.start_workflow_execution(request)
        except RPCError as error:
            rows.append({**row, "error": error.message, "code": error.status.name})
            continue
        request = GetWorkflowExecutionHistoryRequest(namespace="default")
        request.execution.workflow_id = id
        event = (await service.get_workflow_execution_history(request)).history.events[0]
        started = event.workflow_execution_started_event_attributes
        row["at"] = event.event_time.ToNanoseconds()
        row["backoff"] = started.first_workflow_task_backoff.ToTimedelta().total_seconds()
        rows.append(row)
        request = TerminateWorkflowExecutionRequest(namespace="default")
        request.workflow_execution.workflow_id = id
        await service.terminate_workflow_execution(request)
    print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")


asyncio.run(main(sys.argv[1]))
