//! Modules of one's own that are called like those of the standard library, and one that is nothing but empty of their types.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = env::var("HOME");
        let _ = fs::read_to_string("names");
        thread::sleep(Duration::from_secs(1));
        let _ = time::sleep(Duration::from_secs(1));
        let _ = time::Instant::now();
        let _ = process::id();
        let _ = mpsc::channel();
        task::spawn(|| ());
        let _ = self::rand::random();
        Ok(())
    }
}

mod env {
    pub fn var(_name: &str) -> Option<String> {
        None
    }
}

mod fs {
    pub struct File;

    pub fn read_to_string(_name: &str) -> File {
        File
    }
}

mod thread {
    pub fn sleep(_period: std::time::Duration) {}
}

mod time {
    pub struct Instant;

    impl Instant {
        pub fn now() -> Self {
            Self
        }
    }

    pub fn sleep(_period: std::time::Duration) {}
}

mod process {
    pub fn id() -> u32 {
        0
    }
}

mod mpsc {
    pub fn channel() {}
}

mod task {
    pub fn spawn(_task: impl FnOnce()) {}
}

mod rand {
    pub fn random() -> u8 {
        4
    }
}
