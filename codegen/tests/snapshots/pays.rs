/// Pays.
#[durably::test(flavor = "multi_thread", worker_threads = 2, client = encrypted)]
#[ignore = "slow"]
async fn pays_once(env: &TestEnv) -> Result<(), Failure> {
    Ok(())
}

#[durably::test]
async fn refuses(env: &TestEnv) {}
