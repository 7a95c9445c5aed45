//! The rules for activities.

use crate::support::check;

#[test]
fn functions() {
    check(&[
        ("#[activity] #[durably::activity] fn a() {}", &["`a` is marked `#[activity]` twice: keep one"]),
        ("#[activity] async fn a(&self) {}", &["activity `a` takes `self`: mark the impl around it `#[activities]`"]),
        (
            "#[activity] fn a(name: &str) {}",
            &["argument `name` of activity `a` is borrowed, but arguments arrive owned: write `name: String`"],
        ),
        (
            "#[activity] fn a<T>(_: T, ctx: &C, more: &C) -> impl Copy {}",
            &[
                "activity `a` cannot have generic parameters or named lifetimes, since it is called by its name on the wire: remove them",
                "activity `a` has an argument without a name, but it is a payload on the wire: write `_name`",
                "activity `a` takes both `ctx` and `more` by reference, but only its context is borrowed: write `more: C`",
                "activity `a` returns `impl Trait`, but callers need the type itself: name it",
            ],
        ),
    ]);
}

#[test]
fn methods() {
    check(&[
        ("#[activities] impl A { fn a(&self) {} }", &["`A` has no activities: mark its methods with `#[activity]`"]),
        (
            "#[activities] impl A { #[activity] fn a(&mut self) {} #[activity] fn b(self: Arc<Self>) {} #[activity] fn c() {} }",
            &[
                "activity `a` cannot take `&mut self`, since activities run at the same time and share it: write `&self`, and put what \
                 changes behind a `Mutex`",
                "activity `b` takes `self` that is shared behind an `Arc` already: write `&self`",
            ],
        ),
        (
            "#[activities] impl A { #[activity] fn a(&self) {} #[activity(name = \"a\")] fn b(&self) {} #[activity] fn activities(&self) {} }",
            &[
                "activity `b` is named `a` on the wire, like `a`: rename one",
                "the first activity named `a` is `a`",
                "activity `activities` is also a function that `#[activities]` adds to the type: rename the method and keep its name on \
                 the wire, as in `#[activity(name = \"activities\")] fn do_activities`",
            ],
        ),
        (
            "#[activities] impl A { #[activity] fn a(&self) {} fn async_handle(&self) {} #[activity] fn async_handle_by_id(&self) {} }",
            &[
                "`async_handle` is also a function that `#[activities]` adds to the type: give yours another name",
                "activity `async_handle_by_id` is also a function that `#[activities]` adds to the type: rename the method and keep its \
                 name on the wire, as in `#[activity(name = \"async_handle_by_id\")] fn do_async_handle_by_id`",
            ],
        ),
        (
            "#[activities] impl A { #[activity] fn a(&self) {} #[signal] fn b(&self) {} }",
            &["`#[signal]` belongs on a method inside an impl marked `#[workflow]`, not on one of `#[activities]`"],
        ),
        (
            "#[activities] impl A { #[activity(heartbeat_timeout = \"2s\", start_to_close_timeout = \"1s\")] fn a(&self) {} }",
            &["`heartbeat_timeout` (2s) is longer than `start_to_close_timeout` (1s): make it at most as long"],
        ),
    ]);
}
