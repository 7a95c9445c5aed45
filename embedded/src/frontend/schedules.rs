//! Schedules.

use temporalio_protos::temporal::api::workflowservice::v1::{
    CountSchedulesRequest, CountSchedulesResponse, CreateScheduleRequest, CreateScheduleResponse,
    DeleteScheduleRequest, DeleteScheduleResponse, DescribeScheduleRequest, DescribeScheduleResponse,
    ListScheduleMatchingTimesRequest, ListScheduleMatchingTimesResponse, ListSchedulesRequest, ListSchedulesResponse,
    PatchScheduleRequest, PatchScheduleResponse, UpdateScheduleRequest, UpdateScheduleResponse,
};

use super::Call;
use crate::{
    refusal::Refusal,
    schedules::{self, OnConflict},
};

impl Call {
    pub(super) async fn create_schedule(
        self,
        request: CreateScheduleRequest,
    ) -> Result<CreateScheduleResponse, Refusal> {
        let conflict_token = self.shared.with(|engine| engine.create_schedule(request))?;
        Ok(CreateScheduleResponse { conflict_token })
    }

    pub(super) async fn describe_schedule(
        self,
        request: DescribeScheduleRequest,
    ) -> Result<DescribeScheduleResponse, Refusal> {
        self.shared.with(|engine| {
            let now = engine.clock.now();
            let gone = schedules::Refusal::gone();
            Ok(engine.schedule(&request.namespace, &request.schedule_id, gone)?.describe(now))
        })
    }

    pub(super) async fn update_schedule(
        self,
        request: UpdateScheduleRequest,
    ) -> Result<UpdateScheduleResponse, Refusal> {
        let (namespace, id) = (request.namespace.clone(), request.schedule_id.clone());
        self.shared.with(|engine| {
            engine.change_schedule(&namespace, &id, |schedule, now| schedule.update(now, request, OnConflict::Ignore))
        })?;
        Ok(UpdateScheduleResponse::default())
    }

    pub(super) async fn patch_schedule(self, request: PatchScheduleRequest) -> Result<PatchScheduleResponse, Refusal> {
        let (namespace, id) = (request.namespace.clone(), request.schedule_id.clone());
        self.shared
            .with(|engine| engine.change_schedule(&namespace, &id, |schedule, now| schedule.patch(now, request)))?;
        Ok(PatchScheduleResponse::default())
    }

    pub(super) async fn delete_schedule(
        self,
        request: DeleteScheduleRequest,
    ) -> Result<DeleteScheduleResponse, Refusal> {
        self.shared.with(|engine| engine.delete_schedule(&request.namespace, &request.schedule_id))?;
        Ok(DeleteScheduleResponse::default())
    }

    pub(super) async fn list_schedule_matching_times(
        self,
        request: ListScheduleMatchingTimesRequest,
    ) -> Result<ListScheduleMatchingTimesResponse, Refusal> {
        self.shared.with(|engine| {
            let over = schedules::Refusal::over();
            let schedule = engine.schedule(&request.namespace, &request.schedule_id, over)?;
            Ok(schedule.matching_times(&request)?)
        })
    }

    pub(super) async fn list_schedules(self, request: ListSchedulesRequest) -> Result<ListSchedulesResponse, Refusal> {
        let (schedules, next_page_token) = self.shared.with(|engine| {
            let size = request.maximum_page_size;
            engine.list_schedules(&request.namespace, &request.query, size, &request.next_page_token)
        })?;
        Ok(ListSchedulesResponse { schedules, next_page_token })
    }

    pub(super) async fn count_schedules(
        self,
        request: CountSchedulesRequest,
    ) -> Result<CountSchedulesResponse, Refusal> {
        let count = self.shared.with(|engine| engine.count_schedules(&request.namespace, &request.query))?;
        Ok(CountSchedulesResponse { count, ..CountSchedulesResponse::default() })
    }
}
