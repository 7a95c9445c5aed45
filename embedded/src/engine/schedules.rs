//! Schedules, woken by the clock and told what has become of what they started.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use temporalio_protos::temporal::api::{
    errordetails::v1::{NotFoundFailure, WorkflowExecutionAlreadyStartedFailure},
    schedule::v1::ScheduleListEntry,
    workflowservice::v1::CreateScheduleRequest,
};

use super::{Engine, RunKey, new_id};
use crate::{
    refusal::Refusal,
    run::{self, Cancel},
    schedules::{self, Action, Outcome, Schedule},
    store::Pair,
    time::Time,
};

/// A namespace and a schedule id.
type Id = Pair;

/// All schedules of a server.
#[derive(Default)]
pub(super) struct Schedules {
    schedules: BTreeMap<Id, Schedule>,
    /// Those that were there once, and are refused in other words than those that never were.
    gone: HashSet<Id>,
    wakeups: BTreeSet<(Time, Id)>,
    /// The schedules of the chains they have started, by the first run.
    started: HashMap<String, Id>,
}

impl Schedules {
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.wakeups.first().map(|(at, _)| *at)
    }

    pub(super) fn count(&self) -> usize {
        self.schedules.len() + self.wakeups.len() + self.started.len()
    }

    /// Takes the schedule out, to do something with it.
    fn take(&mut self, id: &Id) -> Option<Schedule> {
        let schedule = self.schedules.remove(id)?;
        if let Some(at) = schedule.next_wakeup() {
            self.wakeups.remove(&(at, id.clone()));
        }
        Some(schedule)
    }

    /// The schedules of a namespace, those that are gone too, and the chains they have started.
    fn names(&self, namespace: &str) -> (Vec<Id>, Vec<String>) {
        let ids = self.schedules.keys().chain(&self.gone).filter(|(of, _)| of == namespace).cloned().collect();
        let chains = self.started.iter().filter(|(_, (of, _))| of == namespace).map(|(run, _)| run.clone()).collect();
        (ids, chains)
    }

    fn forget_all(&mut self, namespace: &str) {
        self.schedules.retain(|(of, _), _| of != namespace);
        self.wakeups.retain(|(_, (of, _))| of != namespace);
        self.started.retain(|_, (of, _)| of != namespace);
        self.gone.retain(|(of, _)| of != namespace);
    }

    /// The record of a schedule: empty if it was there once, and none if it never was.
    pub(super) fn encode(&self, id: &Id) -> Option<Vec<u8>> {
        let gone = || self.gone.contains(id).then(Vec::new);
        self.schedules.get(id).map(Schedule::encode).or_else(gone)
    }

    /// The schedule that has started this chain.
    pub(super) fn of_chain(&self, first_run_id: &str) -> Option<&Id> {
        self.started.get(first_run_id)
    }

    /// One that was there before, or that was gone then.
    pub(super) fn restore(&mut self, id: Id, schedule: Option<Schedule>) {
        match schedule {
            Some(schedule) => self.put(id, schedule),
            None => drop(self.gone.insert(id)),
        }
    }

    pub(super) fn restore_chain(&mut self, first_run_id: String, id: Id) {
        self.started.insert(first_run_id, id);
    }

    fn put(&mut self, id: Id, schedule: Schedule) {
        if schedule.is_finished() {
            self.gone.insert(id);
            return;
        }
        if let Some(at) = schedule.next_wakeup() {
            self.wakeups.insert((at, id.clone()));
        }
        self.schedules.insert(id, schedule);
    }
}

impl Engine {
    /// Those of a namespace that is deleted never act again.
    pub(super) fn forget_schedules(&mut self, namespace: &str) {
        let (ids, chains) = self.schedules.names(namespace);
        for id in ids {
            self.note_schedule(&id);
        }
        for chain in chains {
            self.note_scheduled(&chain);
        }
        self.schedules.forget_all(namespace);
    }

    /// Errors: the id is taken, or the request makes no sense.
    pub(crate) fn create_schedule(&mut self, request: CreateScheduleRequest) -> Result<Vec<u8>, Refusal> {
        let namespace_id = self.namespace(&request.namespace)?.id.clone();
        let id = (request.namespace.clone(), request.schedule_id.clone());
        if let Some(known) = self.schedules.schedules.get(&id) {
            return match known.request_id() == request.request_id {
                true => Ok(known.conflict_token()),
                false => Err(schedules::Refusal::exists(&id.1).into()),
            };
        }
        let (schedule, actions) = Schedule::create(self.clock.now(), &namespace_id, request)?;
        self.schedules.gone.remove(&id);
        let token = schedule.conflict_token();
        self.keep(id, schedule, actions);
        Ok(token)
    }

    /// What is asked of a schedule that is there.
    ///
    /// Errors: it is not; `gone` says so of one that was.
    pub(crate) fn schedule(&self, namespace: &str, id: &str, gone: schedules::Refusal) -> Result<&Schedule, Refusal> {
        self.namespace(namespace)?;
        schedules::validate_id(id)?;
        let key = (namespace.to_owned(), id.to_owned());
        self.schedules.schedules.get(&key).ok_or_else(|| match self.schedules.gone.contains(&key) {
            true => gone.into(),
            false => schedules::Refusal::unknown(id).into(),
        })
    }

    /// Changes a schedule, and does what it wants then.
    ///
    /// Errors: there is none of this id, or the change is refused.
    pub(crate) fn change_schedule(
        &mut self,
        namespace: &str,
        id: &str,
        change: impl FnOnce(&mut Schedule, Time) -> Result<Vec<Action>, schedules::Refusal>,
    ) -> Result<(), Refusal> {
        self.schedule(namespace, id, schedules::Refusal::over())?;
        let key = (namespace.to_owned(), id.to_owned());
        let now = self.clock.now();
        let Some(mut schedule) = self.schedules.take(&key) else { return Ok(()) };
        let actions = change(&mut schedule, now);
        let (actions, result) = match actions {
            Ok(actions) => (actions, Ok(())),
            Err(refusal) => (Vec::new(), Err(refusal.into())),
        };
        self.keep(key, schedule, actions);
        result
    }

    /// What it has started goes on.
    ///
    /// Errors: there is none of this id.
    pub(crate) fn delete_schedule(&mut self, namespace: &str, id: &str) -> Result<(), Refusal> {
        self.schedule(namespace, id, schedules::Refusal::over())?;
        let key = (namespace.to_owned(), id.to_owned());
        self.note_schedule(&key);
        self.schedules.take(&key);
        self.forget_schedule_record(namespace, id);
        self.schedules.gone.insert(key);
        Ok(())
    }

    /// The entries that a list filter finds, a page of them.
    ///
    /// Errors: there is no such namespace, or the filter cannot be read.
    pub(crate) fn list_schedules(
        &mut self,
        namespace: &str,
        filter: &str,
        page_size: i32,
        token: &[u8],
    ) -> Result<(Vec<ScheduleListEntry>, Vec<u8>), Refusal> {
        let now = self.clock.now();
        let rooms = self.rooms(namespace)?;
        // They have the search attributes of the namespace.
        rooms.schedules.attributes = rooms.runs.attributes.clone();
        let (found, next) = rooms.schedules.select(filter, page_size, token)?;
        let ids: Vec<_> = found.into_iter().map(|record| record.execution.workflow_id.clone()).collect();
        let entry = |id: String| {
            self.schedules.schedules.get(&(namespace.to_owned(), id)).map(|schedule| schedule.list_entry(now))
        };
        Ok((ids.into_iter().filter_map(entry).collect(), next))
    }

    /// How many a list filter finds.
    ///
    /// Errors: there is no such namespace, or the filter cannot be read, or it groups.
    pub(crate) fn count_schedules(&mut self, namespace: &str, filter: &str) -> Result<i64, Refusal> {
        let rooms = self.rooms(namespace)?;
        rooms.schedules.attributes = rooms.runs.attributes.clone();
        let counted = rooms.schedules.count(filter)?;
        match counted.groups.is_empty() {
            true => Ok(counted.count),
            false => Err(Refusal::invalid("invalid query filter for schedules: cannot filter on \"ExecutionStatus\"")),
        }
    }

    /// Lets all act whose time has come; `false` if there are none.
    pub(super) fn wake_schedules(&mut self, now: Time) -> bool {
        let mut any = false;
        while let Some((_, id)) = self.schedules.wakeups.first().filter(|(at, _)| *at <= now).cloned() {
            let Some(mut schedule) = self.schedules.take(&id) else { break };
            let actions = schedule.due(now);
            self.keep(id, schedule, actions);
            any = true;
        }
        any
    }

    /// A chain has ended: the schedule that started it wants to know.
    pub(super) fn tell_schedule(&mut self, key: RunKey, outcome: &run::Outcome) {
        let Some(ids) = self.run(key).map(|run| run.ids.clone()) else { return };
        let Some(id) = self.schedules.started.remove(&ids.first_run_id) else { return };
        self.note_scheduled(&ids.first_run_id);
        let Some(mut schedule) = self.schedules.take(&id) else { return };
        let outcome = match outcome {
            run::Outcome::Completed { result } => Outcome::Completed(result.clone()),
            run::Outcome::Failed { failure, .. } => Outcome::Failed(failure.clone().unwrap_or_default()),
            run::Outcome::Canceled { .. } => Outcome::Canceled,
            run::Outcome::TimedOut { .. } => Outcome::TimedOut,
            run::Outcome::Terminated | run::Outcome::Started { .. } | run::Outcome::NotStarted { .. } => {
                Outcome::Terminated
            }
        };
        let actions = schedule.run_closed(self.clock.now(), &ids.workflow_id, &ids.first_run_id, outcome);
        self.keep(id, schedule, actions);
    }

    /// Does what the schedule wants, and what it wants then, and keeps it.
    fn keep(&mut self, id: Id, mut schedule: Schedule, actions: Vec<Action>) {
        self.note_schedule(&id);
        let mut actions: std::collections::VecDeque<_> = actions.into();
        while let Some(action) = actions.pop_front() {
            actions.extend(self.act(&id, &mut schedule, action));
        }
        match schedule.is_finished() {
            true => self.forget_schedule_record(&id.0, &id.1),
            false => self.record_schedule(&id.0, &schedule),
        }
        self.schedules.put(id, schedule);
    }

    fn act(&mut self, id: &Id, schedule: &mut Schedule, action: Action) -> Vec<Action> {
        let now = self.clock.now();
        match action {
            Action::Start { id: start_id, mut request } => {
                request.request_id = new_id();
                let started = self.checked(*request).and_then(|(start, policies)| self.start(start, policies, None));
                let run = started.ok().and_then(|started| self.run(started.key)).map(|run| run.ids.clone());
                match run {
                    Some(ids) => {
                        self.note_scheduled(&ids.first_run_id);
                        self.schedules.started.insert(ids.first_run_id.clone(), id.clone());
                        schedule.started(now, start_id, &ids.workflow_id, &ids.run_id)
                    }
                    None => schedule.start_failed(now, start_id),
                }
            }
            Action::Cancel { execution, identity, reason } => {
                if let Some(key) = self.find_chain(&id.0, &execution.workflow_id, &execution.run_id) {
                    let cancel = Cancel { reason: reason.to_owned(), identity, ..Cancel::default() };
                    self.transition(key, |run, step| run.request_cancel(cancel, step));
                }
                Vec::new()
            }
            Action::Terminate { execution, identity, reason } => {
                if let Some(key) = self.find_chain(&id.0, &execution.workflow_id, &execution.run_id) {
                    self.transition(key, |run, step| {
                        // It may have closed by itself.
                        let _ = run.terminate(reason, None, &identity, step);
                    });
                }
                Vec::new()
            }
        }
    }
}

impl From<schedules::Refusal> for Refusal {
    fn from(refusal: schedules::Refusal) -> Self {
        match refusal {
            schedules::Refusal::InvalidArgument(message) => Self::invalid(message),
            schedules::Refusal::FailedPrecondition(message) => Self::precondition(message),
            schedules::Refusal::AlreadyExists(message) => {
                Self::already_exists(message).with_detail(&WorkflowExecutionAlreadyStartedFailure::default())
            }
            schedules::Refusal::NotFound(message) => Self::not_found(message).with_detail(&NotFoundFailure::default()),
        }
    }
}
