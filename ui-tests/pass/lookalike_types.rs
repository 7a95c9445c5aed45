//! Types of one's own that are called like those of the standard library.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<u8> {
        let began = Instant::now();
        let _ = SystemTime::now();
        let map = HashMap::new();
        let _ = map.iter().count();
        for _ in map.iter() {}
        let set: HashSet<u8> = HashSet::new();
        let _ = set.iter().max();
        let _ = File::open("names");
        let _ = Command::new("ls");
        let _ = Uuid::new_v4();
        began.0
    }
}

struct Instant(WorkflowResult<u8>);

impl Instant {
    fn now() -> Self {
        Self(Ok(0))
    }
}

struct SystemTime;

impl SystemTime {
    fn now() -> Self {
        Self
    }
}

struct HashMap;

impl HashMap {
    fn new() -> Self {
        Self
    }

    fn iter(&self) -> std::ops::Range<u8> {
        0..3
    }
}

struct HashSet<T>(Vec<T>);

impl<T> HashSet<T> {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

struct File;

impl File {
    fn open(_name: &str) -> Self {
        Self
    }
}

struct Command;

impl Command {
    fn new(_name: &str) -> Self {
        Self
    }
}

struct Uuid;

impl Uuid {
    fn new_v4() -> Self {
        Self
    }
}
