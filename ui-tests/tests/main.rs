//! What must not compile, and what the compiler says.

#[test]
fn fail() {
    trybuild::TestCases::new().compile_fail("fail/**/*.rs");
}
