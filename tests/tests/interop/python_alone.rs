//! Programs that are all Python, worker and client: on whatever server the tests run, they see what they see elsewhere.

use durably_tests::{address, python, unique};
use serde_json::json;

#[tokio::test]
async fn what_python_does_every_day_works() {
    let Some(seen) = python::run_client("ordinary.py", &[address(), &unique("ordinary")]).await else { return };
    assert_eq!(seen["steps"], json!(["0: hello Ada", "1: hello Bob"]));
    assert_eq!(
        seen["trials"],
        json!({
            "local": "7: hello here",
            "flaky": 3,
            "resumed": 42,
            "silent": "HEARTBEAT",
            "cancelled": "CancelledError",
        })
    );
    assert_eq!(seen["family"], json!({"steps": ["0: hello child"], "closed": 0, "cancelled": "CancelledError"}));
    assert_eq!(seen["updates"], json!({"balances": [3, 7, 7, 7], "refused": "InvalidAmount: -1 is not an amount"}));
    assert_eq!(
        seen["schedules"],
        json!({"result": ["0: hello Ada"], "paused": [true, "holidays"], "every": 7, "listed": true})
    );
    assert_eq!(seen["broken"], json!({"type": "Broken", "message": "it is broken", "details": [3]}));
    assert_eq!(seen["cancelled"], "CancelledError");
    assert_eq!(seen["countdown"], true);
    assert_eq!(seen["listed"], 3);
}
