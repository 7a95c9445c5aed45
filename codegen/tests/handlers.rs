//! The rules for the methods of a workflow.

use crate::support::{check, check_methods};

#[test]
fn run_and_init() {
    check(&[
        ("#[workflow] impl W {}", &["the workflow `W` has no run method: mark its `async fn` with `#[run]`"]),
        (
            "#[workflow] impl W { #[run] fn run(&mut self) {} }",
            &[
                "run method `run` must be async: write `async fn`",
                "run method `run` cannot take `self`, since a borrow of the state cannot live across an await: take `ctx: \
                 &WorkflowContext<Self>` and reach the state through it",
            ],
        ),
        (
            "#[workflow] impl W { #[run] async fn a() {} #[run] async fn b() {} }",
            &[
                "`b` is one more run method, but a workflow has only one: remove a marker",
                "the first run method is `a`",
            ],
        ),
        (
            "#[workflow] impl W { #[run(id = \"{hots}-{ctx}\")] async fn run(ctx: &C, host: String) {} }",
            &[
                "`{hots}` is not an argument of the run method: `run` takes `host`; did you mean `host`?",
                "`{ctx}` is not an argument of the run method: `run` takes `host`",
            ],
        ),
        (
            "#[workflow] impl W { #[run(id = \"{host:?}\")] async fn run() {} }",
            &["`{host:?}` asks for a format, which ids do not have: write `{host}`"],
        ),
        (
            "#[workflow] impl W { #[run(id = \"{host}\")] async fn run() {} }",
            &["`{host}` is not an argument of the run method: `run` takes none"],
        ),
        (
            "#[workflow] impl W { #[run(id = \"{host}\")] async fn run() {} #[init] fn new(host: String) -> Self {} }",
            &[],
        ),
        (
            "#[workflow] impl W { #[run(id = \"{hots}\")] async fn run() {} #[init] fn new(host: String) -> Self {} }",
            &["`{hots}` is not an argument of the run method: `new` takes `host`; did you mean `host`?"],
        ),
    ]);
    check_methods(&[
        (
            "#[init] async fn new(&self, host: String) {}",
            &[
                "init method `new` cannot be async, since it only makes the first state: remove `async`",
                "init method `new` cannot take `self`, since it makes the state: remove it",
                "init method `new` must return the state: write `-> Self`",
                "init method `new` takes 1 argument, but `run` takes 2: take the same ones, or none",
            ],
        ),
        (
            "#[init] fn a() -> Self {} #[init] fn b() -> Self {}",
            &[
                "`b` is one more init method, but a workflow has only one: remove a marker",
                "the first init method is `a`",
            ],
        ),
    ]);
}

#[test]
fn signals() {
    check_methods(&[
        ("#[signal] fn a() {}", &["signal `a` has no `self`: write `&mut self`"]),
        ("#[signal] fn a(&self) {}", &[]),
        ("#[signal] fn a(self: Box<Self>) {}", &["signal `a` only borrows the state: write `&mut self`"]),
        (
            "#[signal] async fn a(&mut self) {}",
            &[
                "async signal `a` cannot take `self`, since a borrow of the state cannot live across an await: take `ctx: \
                 &WorkflowContext<Self>`, or remove `async`",
            ],
        ),
        (
            "#[signal] fn a(&mut self) -> u8 {}",
            &["signal `a` returns a value, but a signal has no reply: remove the type, or make it an `#[update]`"],
        ),
        (
            "#[signal(dynamic)] fn a(&mut self, name: String) {}",
            &[
                "dynamic signal `a` takes 1 argument instead of the name and the payloads: write `name: String, args: RawValue`",
            ],
        ),
    ]);
}

#[test]
fn queries() {
    check_methods(&[
        (
            "#[query] async fn a(&mut self) {}",
            &[
                "query `a` cannot be async, since a query answers from the state as it is: remove `async`",
                "query `a` cannot take `&mut self`, since a query cannot change the state: write `&self`",
                "query `a` must return something, since a query is asked for its answer",
            ],
        ),
        ("#[query] fn a() -> u8 {}", &["query `a` has no `self`: write `&self`"]),
        (
            "#[query] fn a(&self) -> &str {}",
            &["query `a` returns a reference, but what it returns goes over the wire: write `-> String`"],
        ),
        (
            "#[query] fn a(&self) -> Vec<impl Copy> {}",
            &["query `a` returns `impl Trait`, but callers need the type itself: name it"],
        ),
    ]);
}

#[test]
fn updates_and_validators() {
    check_methods(&[
        ("#[update] fn a() {}", &["update `a` has no `self`: write `&mut self`"]),
        ("#[update] async fn a() {}", &[]),
        (
            "#[update] fn set(&mut self, a: u8) {} #[update_validator(sett)] fn check(&self, a: &u8) -> R {}",
            &["no method marked `#[update]` is called `sett`; did you mean `set`?"],
        ),
        (
            "#[signal] fn set(&mut self, a: u8) {} #[update_validator(set)] fn check(&self, a: &u8) -> R {}",
            &["`set` is marked `#[signal]`, not `#[update]`: only updates have validators"],
        ),
        (
            "#[update] fn set(&mut self, a: u8) {} #[update_validator(set)] async fn check(&mut self, a: u8) {}",
            &[
                "argument `a` of validator `check` is owned, but the update still needs it: write `a: &u8`",
                "validator `check` cannot be async, since an update is accepted or rejected at once: remove `async`",
                "validator `check` cannot take `&mut self`, since a validator cannot change the state: write `&self`",
                "validator `check` must say whether the update is accepted: write `-> Result<(), ApplicationFailure>`",
            ],
        ),
        (
            "#[update] fn set(&mut self, a: u8) {} #[update_validator(set)] fn check(&self, a: &mut u8) -> R {}",
            &["argument `a` of validator `check` is borrowed to be changed: write `a: &u8`"],
        ),
        (
            "#[update] fn set(&mut self, a: u8) {} #[update_validator(set)] fn check(&self) -> R {}",
            &[
                "validator `check` takes 0 arguments, but update `set` takes 1: take each by reference, with only a context before them",
            ],
        ),
        (
            "#[update] fn set(&mut self) {} #[update_validator(set)] fn b(&self) -> R {} #[update_validator(set)] fn c(&self) -> R {}",
            &["update `set` has a validator already: an update has at most one", "its first validator is `b`"],
        ),
        (
            "#[update_validator] fn b(&self) -> R {} #[update_validator(\"set\")] fn c(&self) -> R {}",
            &[
                "`#[update_validator]` names the method of the update it validates: write it as in `#[update_validator(rename)]`",
                "the update is named without quotes: write `#[update_validator(set)]`",
            ],
        ),
        (
            "#[update] #[cfg(a)] fn set(&mut self) {} #[update] #[cfg(b)] fn set(&mut self) {} #[update_validator(set)] fn v(&self) -> R {}",
            &["`set` is written twice under `cfg`: write the validator twice too, under the same `cfg`"],
        ),
    ]);
}

#[test]
fn parameters() {
    check_methods(&[
        (
            "#[signal] fn a(&mut self, name: &str, list: &[Vec<u8>]) {}",
            &[
                "argument `name` of signal `a` is borrowed, but arguments arrive owned: write `name: String`",
                "argument `list` of signal `a` is borrowed, but arguments arrive owned: write `list: Vec<Vec<u8>>`",
            ],
        ),
        (
            "#[signal] fn a(&mut self, ctx: &C, name: &Name) {}",
            &[
                "signal `a` takes both `ctx` and `name` by reference, but only its context is borrowed: write `name: Name`",
            ],
        ),
        (
            "#[signal] fn a(&mut self, ctx: &'static C) {}",
            &["the context of signal `a` lives no longer than the call: remove `'static`"],
        ),
        (
            "#[signal] fn a(&mut self, _: u8) {}",
            &["signal `a` has an argument without a name, but it is a payload on the wire: write `_name`"],
        ),
        ("#[signal] fn a(&mut self, _: &C, mut name: u8, _other: u8) {}", &[]),
        (
            "#[signal] fn a(&mut self, (x, y): (u8, u8)) {}",
            &["signal `a` takes an argument apart in its signature: give it a name and do so in the body"],
        ),
        (
            "#[signal] fn a(&mut self, name: Option<impl Into<String>>) {}",
            &["argument `name` of signal `a` is `impl Trait`: name the type that arrives on the wire"],
        ),
        (
            "#[signal] unsafe extern \"C\" fn a<'a, T>(&'a mut self, t: T, #[cfg(x)] b: u8) where T: Copy {}",
            &[
                "signal `a` cannot have generic parameters or named lifetimes, since it is called by its name on the wire: remove them",
                "signal `a` cannot have a `where` clause: remove it",
                "signal `a` cannot be `unsafe`: keep the unsafe part inside its body",
                "signal `a` cannot be `extern`: write a plain `fn`",
                "signal `a` has a parameter under `cfg`: put the `cfg` on the method and write it twice",
            ],
        ),
    ]);
}

#[test]
fn names() {
    check_methods(&[
        (
            "#[signal] fn a(&mut self) {} #[signal(name = \"a\")] fn b(&mut self) {} #[query(name = \"a\")] fn c(&self) -> u8 {}",
            &["signal `b` is named `a` on the wire, like `a`: rename one", "the first signal named `a` is `a`"],
        ),
        (
            "#[query(dynamic)] fn a(&self, n: S, r: R) -> u8 {} #[query(dynamic)] fn b(&self, n: S, r: R) -> u8 {}",
            &["dynamic query `b` is one more after `a`: only one can catch all", "the first dynamic query is `a`"],
        ),
        (
            "#[signal] fn __a(&mut self) {} #[query(name = \"__temporal_x\")] fn b(&self) -> u8 {}",
            &[
                "the name `__a` is reserved, since Temporal's own begin with `__`: choose another",
                "the name `__temporal_x` is reserved, since Temporal's own begin with `__`: choose another",
            ],
        ),
        (
            "#[signal] fn cancel(&mut self) {} #[signal(name = \"exit\")] fn terminate(&mut self) {}",
            &[
                "signal `cancel` is also what every handle has under that name: rename the method and keep its name on the wire, as in \
                 `#[signal(name = \"cancel\")] fn on_cancel`",
                "signal `terminate` is also what every handle has under that name: rename the method and keep its name on the wire, as in \
                 `#[signal(name = \"exit\")] fn on_terminate`",
            ],
        ),
        (
            "#[update] fn reset(&mut self) {}",
            &[
                "update `reset` is also what every handle has under that name: rename the method and keep its name on the wire, as in \
                 `#[update(name = \"reset\")] fn do_reset`",
            ],
        ),
        ("#[signal(dynamic)] fn cancel(&mut self, n: S, r: R) {}", &[]),
        (
            "#[update] fn start(&mut self) {} #[init] fn handle() -> Self {} fn child() {}",
            &[
                "update `start` is also a function that `#[workflow]` adds to the type: rename the method and keep its name on the wire, \
                 as in `#[update(name = \"start\")] fn do_start`",
                "init method `handle` is also a function that `#[workflow]` adds to the type: give the method another name",
                "`child` is also a function that `#[workflow]` adds to the type: give yours another name",
            ],
        ),
    ]);
}

#[test]
fn markers() {
    check_methods(&[
        (
            "#[signal] #[query] fn a(&mut self) {}",
            &["`a` is marked both `#[signal]` and `#[query]`, but it can have only one role: keep one"],
        ),
        ("#[signal] #[durably::signal] fn a(&mut self) {}", &["`a` is marked `#[signal]` twice: keep one"]),
        ("#[signal] const A: u8 = 1;", &["`#[signal]` belongs on a method"]),
        ("#[other::signal] const A: u8 = 1;", &[]),
        (
            "#[activity] fn a() {}",
            &[
                "`#[activity]` belongs on a function, or on a method inside an impl marked `#[activities]`, not on a method of a workflow",
            ],
        ),
    ]);
}
