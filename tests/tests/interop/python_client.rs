//! A client in Python, a workflow in Rust.

use std::collections::BTreeMap;

use durably::prelude::*;
use durably_tests::{address, client, python, unique};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Entry {
    account: String,
    amount: i64,
    note: Option<String>,
    tags: Vec<String>,
    place: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Place {
    city: String,
}

#[workflow]
#[derive(Default)]
struct Ledger {
    entries: Vec<Entry>,
    seal: Vec<u8>,
    closed: bool,
}

#[workflow]
impl Ledger {
    #[run]
    async fn run(
        ctx: &WorkflowContext<Self>,
        owner: String,
        opening: Entry,
        seal: Vec<u8>,
        note: Option<String>,
    ) -> WorkflowResult<(String, BTreeMap<String, i64>, Option<String>)> {
        ctx.state_mut(|w| {
            w.entries.insert(0, opening);
            w.seal = seal;
        });
        ctx.wait_condition(|w| w.closed).await?;
        let balances =
            ctx.state(|w| w.entries.iter().map(|entry| (entry.account.clone(), w.balance(&entry.account))).collect());
        Ok((format!("sealed by {owner}"), balances, note))
    }

    #[signal]
    fn record(&mut self, account: String, amount: i64, note: Option<String>) {
        self.entries.push(Entry { account, amount, note, tags: Vec::new(), place: None });
    }

    #[signal]
    fn close(&mut self) {
        self.closed = true;
    }

    #[query]
    fn entries(&self, account: String, at_least: i64) -> Vec<Entry> {
        self.entries.iter().filter(|entry| entry.account == account && entry.amount >= at_least).cloned().collect()
    }

    #[query]
    fn first(&self, account: String) -> Option<Entry> {
        self.entries.iter().find(|entry| entry.account == account).cloned()
    }

    #[query]
    fn seal(&self) -> Vec<u8> {
        self.seal.clone()
    }

    #[update]
    fn transfer(&mut self, from: String, to: String, amount: i64) -> Result<i64, ApplicationFailure> {
        let left = self.balance(&from) - amount;
        if left < 0 {
            return Err(ApplicationFailure::builder(format!("{from} has {} too little", -left))
                .type_name("Overdrawn".to_owned())
                .build());
        }
        self.record(from, -amount, Some("transfer".into()));
        self.record(to, amount, Some("transfer".into()));
        Ok(left)
    }

    #[update_validator(transfer)]
    fn check_transfer(&self, _from: &str, _to: &str, amount: &i64) -> Result<(), ApplicationFailure> {
        if *amount <= 0 {
            return Err(ApplicationFailure::builder(format!("{amount} is not an amount"))
                .type_name("InvalidAmount".to_owned())
                .non_retryable(true)
                .build());
        }
        Ok(())
    }
}

impl Ledger {
    fn balance(&self, account: &str) -> i64 {
        self.entries.iter().filter(|entry| entry.account == account).map(|entry| entry.amount).sum()
    }
}

#[workflow]
#[derive(Default)]
struct Bankrupt;

#[workflow]
impl Bankrupt {
    #[run]
    async fn run(_ctx: &WorkflowContext<Self>, owner: String, debts: u32) -> Result<(), ApplicationFailure> {
        Err(ApplicationFailure::builder(format!("{owner} owes"))
            .type_name("Debts".to_owned())
            .non_retryable(true)
            .details(debts)
            .build())
    }
}

#[tokio::test]
async fn a_python_client_drives_a_rust_workflow() {
    let client = client().await;
    let queue = unique("ledger");
    let worker = Worker::new(&client, &queue).workflow::<Ledger>().workflow::<Bankrupt>().start().unwrap();

    let Some(seen) = python::run_client("ledger_client.py", &[address(), &queue, &unique("ledger")]).await else {
        return;
    };

    let opening = json!({"account": "cash", "amount": 10, "note": null, "tags": ["opening", "gift"], "place": {"city": "London"}});
    let second = json!({"account": "cash", "amount": 7, "note": null, "tags": [], "place": null});
    assert_eq!(seen["entries"], json!([opening, second]));
    assert_eq!(seen["first"], opening);
    assert_eq!(seen["first_of_none"], json!(null));
    assert_eq!(seen["transferred"], 18);
    assert_eq!(
        seen["refused"],
        json!({"message": "-4 is not an amount", "type": "InvalidAmount", "non_retryable": true, "details": []})
    );
    assert_eq!(
        seen["failed"],
        json!({"message": "cash has 3982 too little", "type": "Overdrawn", "non_retryable": false, "details": []})
    );
    assert_eq!(seen["result"], json!({"seal": "sealed by Ada", "balances": {"bank": 5, "cash": 18}, "note": null}));
    assert_eq!(seen["seal"], json!(b"\x00\xffseal"));
    assert_eq!(
        seen["bankrupt"],
        json!({"message": "Ada owes", "type": "Debts", "non_retryable": true, "details": [3]})
    );
    worker.shutdown().await.unwrap();
}
