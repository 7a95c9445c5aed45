//! Resets: another run goes on from a point in the history of one that is there.

use super::{Engine, RunKey, new_id};
use crate::{
    api::{Attributes as Event, HistoryEvent},
    refusal::Refusal,
    run::{Effect, Reset, Run, Step},
    visibility::Attributes,
};

const IDENTITY: &str = "history-service";

impl Engine {
    /// Resets a run; the latest one of its workflow id gives way. The id of the new run, or of the one that the same
    /// request has made before.
    ///
    /// Errors: there is nothing to be reset to.
    pub(crate) fn reset(&mut self, key: RunKey, reset: Reset) -> Result<String, Refusal> {
        let gone = || Refusal::not_found("workflow execution not found");
        let base = self.run(key).ok_or_else(gone)?;
        let id = (base.ids.namespace.clone(), base.ids.workflow_id.clone());
        let current = self.current.get(&id).copied();
        if let Some(made) = current.and_then(|key| self.run(key))
            && made.create_request_id == reset.request_id
        {
            return Ok(made.ids.run_id.clone());
        }
        // Whether it can be; then once more with what waited for the end of the task that is out.
        self.reset_run(base, &reset)?;
        if let Some(current) = current {
            self.transition(current, |run, step| run.give_way(&reset.reason, IDENTITY, step));
        }
        let base = self.run(key).ok_or_else(gone)?;
        let (run, effects) = self.reset_run(base, &reset)?;
        let key = self.number();
        let children: Vec<_> = run.children_taken_over().map(str::to_owned).collect();
        for child in children {
            self.note_parent(&child);
            self.parents.insert(child, key);
        }
        self.insert(key, run, effects);
        self.transition(key, |_, _| ());
        Ok(reset.run_id)
    }

    fn reset_run(&self, base: &Run, reset: &Reset) -> Result<(Run, Vec<Effect>), Refusal> {
        let none = Attributes::new("");
        let attributes = self.rooms.get(&base.ids.namespace).map_or(&none, |rooms| &rooms.runs.attributes);
        let mut ids = new_id;
        let mut step = Step::new(self.clock.now(), &self.limits, attributes, &mut ids);
        let run = base.reset(reset, &self.continued(base), &mut step)?;
        Ok((run, step.effects))
    }

    /// The events of the runs that continued this one as new.
    fn continued(&self, run: &Run) -> Vec<HistoryEvent> {
        let next = |run: &Run| match run.log.last()?.attributes {
            Some(Event::WorkflowExecutionContinuedAsNewEventAttributes(event)) => {
                self.by_run_id(&run.ids.namespace_id, &event.new_execution_run_id)
            }
            _ => None,
        };
        let mut events = Vec::new();
        let mut at = next(run).and_then(|key| self.run(key));
        while let Some(run) = at {
            events.extend(run.log.events());
            at = next(run).and_then(|key| self.run(key));
        }
        events
    }
}
