//! Clients: how they are configured, and what they say when there is nobody at the other end.

use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use durably::{
    ConnectError, DataConverter, MemoValues, PayloadCodec, PayloadConversionError, RpcOptions, WorkflowGetResultError,
    prelude::*,
    temporal::{
        client::{
            ClientInterceptor, RpcMetadata,
            callback_based::{CallbackBasedGrpcService, GrpcSuccessResponse},
            interceptors::{HasArgs, Next, SignalWorkflowInput},
            tonic::Status,
        },
        common::{
            data_converters::{
                DefaultFailureConverter, DefaultPayloadCodec, PayloadConverter, SerializationContextData,
            },
            protos::temporal::api::common::v1::Payload,
        },
    },
};
use durably_tests::{
    Child, address, client, event, events, told_to, unique,
    wire::{encodings, texts},
    with_worker,
};
use futures_util::future::BoxFuture;
use tokio::net::TcpListener;

/// Remembers words.
#[workflow]
#[derive(Default)]
struct Words {
    words: Vec<String>,
    done: bool,
}

#[workflow]
impl Words {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, first: String) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.done).await?;
        let words = ctx.state(|w| w.words.join(" "));
        Ok(shout::execute(ctx, format!("{first} {words}")).await?)
    }

    #[signal]
    fn add(&mut self, word: String) {
        self.words.push(word);
    }

    #[query]
    fn with_each(&self, suffix: String) -> Vec<String> {
        self.words.iter().map(|word| format!("{word}{suffix}")).collect()
    }

    #[update]
    fn finish(&mut self, last: String) -> Result<usize, ApplicationFailure> {
        if last.is_empty() {
            return Err(ApplicationFailure::builder("no last word").details(last).build());
        }
        self.words.push(last);
        self.done = true;
        Ok(self.words.len())
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn shout(words: String) -> String {
    words.to_uppercase()
}

async fn refused(address: &str) -> String {
    let error = durably::client().address(address).await.err().unwrap();
    assert!(matches!(error, ConnectError::Address { .. }), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    assert_eq!(
        refused("ftp://temporal.example").await,
        "`ftp://temporal.example` is not the address of a Temporal service: the scheme `ftp` is neither http nor https; \
         write `host:port` or a URL"
    );
    assert!(refused("not an address").await.contains("`not an address`"));
    assert!(refused("").await.contains("write `host:port` or a URL"));
}

#[tokio::test]
async fn an_address_is_a_url_or_a_host_and_port() {
    for address in [address().to_owned(), format!("http://{}", address())] {
        durably::client().address(address).await.unwrap();
    }
}

#[tokio::test]
async fn where_nobody_listens_the_error_says_where_and_comes_soon() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let begun = Instant::now();
    let error = durably::client().address(&address).await.err().unwrap();
    assert!(matches!(error, ConnectError::Unreachable { .. }), "{error:?}");
    assert!(
        error.to_string().contains(&format!("cannot connect to the Temporal service at http://{address}")),
        "{error}"
    );
    // What `main` prints of it.
    assert_eq!(format!("{error:?}"), error.to_string());
    assert!(begun.elapsed() < Duration::from_secs(12), "after {:?}", begun.elapsed());
}

#[tokio::test]
async fn where_nobody_answers_the_error_comes_in_time() {
    // Connections are made by the system, and nobody takes them.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let begun = Instant::now();
    let connecting = durably::client().address(&address).connect_timeout(Duration::from_secs(1)).into_future();
    let error = tokio::time::timeout(Duration::from_secs(15), connecting).await.expect("it ends").err().unwrap();
    assert!(matches!(error, ConnectError::Silent { .. }), "{error:?}");
    let expected = format!("cannot connect to the Temporal service at http://{address}/: there is no answer after 1s");
    assert_eq!(error.to_string(), expected);
    assert!(begun.elapsed() < Duration::from_secs(5), "after {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_namespace_that_is_not_there_is_named() {
    let client = durably::client().address(address()).namespace("no-such-namespace").await.unwrap();
    let start = Words::start(&client, "a").id(unique("words")).task_queue("nobody");
    let error = start.await.unwrap_err().to_string();
    assert!(error.contains("no-such-namespace"), "{error}");
}

#[tokio::test]
async fn the_identity_of_the_client_is_in_the_history() {
    let named = durably::client().address(address()).identity("checkout-7").await.unwrap();
    let words = Words::start(&named, "a").id(unique("words")).task_queue("nobody").await.unwrap();
    assert_eq!(event!(words, WorkflowExecutionStartedEventAttributes).identity, "checkout-7");
    words.terminate().await.unwrap();

    let words = Words::start(&client().await, "a").id(unique("words")).task_queue("nobody").await.unwrap();
    let identity = event!(words, WorkflowExecutionStartedEventAttributes).identity;
    assert!(identity.starts_with(&format!("{}@", std::process::id())), "{identity}");
    words.terminate().await.unwrap();
}

/// Turns every byte of the data.
struct Upside;

const ENCODING: &str = "binary/upside-down";

impl PayloadCodec for Upside {
    fn encode(
        &self,
        _: &SerializationContextData,
        payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        let turned = payloads.into_iter().map(|payload| {
            let original = payload.metadata["encoding"].clone();
            let metadata = [("encoding".into(), ENCODING.as_bytes().to_vec()), ("original".into(), original)].into();
            Payload { metadata, data: turned(payload.data), ..Payload::default() }
        });
        Box::pin(std::future::ready(Ok(turned.collect())))
    }

    fn decode(
        &self,
        _: &SerializationContextData,
        payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        let turned = payloads.into_iter().map(|mut payload| {
            if let Some(original) = payload.metadata.remove("original") {
                payload.metadata.insert("encoding".into(), original);
                payload.data = turned(payload.data);
            }
            payload
        });
        Box::pin(std::future::ready(Ok(turned.collect())))
    }
}

fn turned(data: Vec<u8>) -> Vec<u8> {
    data.into_iter().map(|byte| !byte).collect()
}

#[tokio::test]
async fn a_codec_encodes_whatever_the_server_gets_to_see() {
    let client = durably::client().address(address()).codec(Upside).await.unwrap();
    let queue = unique("codec");
    let worker = Worker::new(&client, &queue).workflow::<Words>().activity::<shout>().start().unwrap();
    let mut memo = MemoValues::new();
    memo.insert("topic", "secret".to_owned());
    let words = Words::start(&client, "one").id(unique("words")).task_queue(&queue).memo(memo).await.unwrap();
    words.add("two").await.unwrap();
    assert_eq!(words.with_each("!").await.unwrap(), ["two!"]);
    let failed = words.finish("").await.unwrap_err();
    assert!(failed.to_string().contains("no last word"), "{failed}");
    assert_eq!(words.finish("three").await.unwrap(), 2);
    assert_eq!(words.result().await.unwrap(), "ONE TWO THREE");
    assert_eq!(words.describe().await.unwrap().memo().get::<String>("topic").unwrap().as_deref(), Some("secret"));
    worker.shutdown().await.unwrap();

    let started = event!(words, WorkflowExecutionStartedEventAttributes);
    let signaled = event!(words, WorkflowExecutionSignaledEventAttributes);
    let updated = events!(words, WorkflowExecutionUpdateAcceptedEventAttributes).remove(0);
    let updated = updated.accepted_request.unwrap().input.unwrap();
    let scheduled = event!(words, ActivityTaskScheduledEventAttributes);
    let completed = event!(words, WorkflowExecutionCompletedEventAttributes);
    for payloads in [&started.input, &signaled.input, &updated.args, &scheduled.input, &completed.result] {
        assert_eq!(encodings(payloads), [ENCODING]);
    }
    assert!(!texts(&started.input)[0].contains("one"));
    assert_eq!(started.memo.unwrap().fields["topic"].metadata["encoding"], ENCODING.as_bytes());

    let plain = Words::handle(&durably_tests::client().await, words.workflow_id());
    let error = plain.result().await.unwrap_err();
    assert!(matches!(*error, WorkflowGetResultError::PayloadConversion(_)), "{error:?}");
}

#[tokio::test]
async fn a_codec_has_one_place_only() {
    let builder = durably::client().address(address()).codec(Upside).data_converter(DataConverter::default());
    let error = builder.await.err().unwrap();
    assert!(matches!(error, ConnectError::TwoCodecs), "{error:?}");
}

#[tokio::test]
async fn a_payload_converter_that_takes_no_lists_is_refused() {
    let converter =
        DataConverter::new(PayloadConverter::serde_json(), DefaultFailureConverter::default(), DefaultPayloadCodec);
    let error = durably::client().address(address()).data_converter(converter).await.err().unwrap();
    assert!(matches!(error, ConnectError::PayloadConverter), "{error:?}");
}

/// Counts signals, and reads their arguments.
#[derive(Default)]
struct Watch(Mutex<Vec<String>>);

struct Watching(Arc<Watch>, &'static str);

impl ClientInterceptor for Watching {
    fn signal_workflow<'a>(
        &'a self,
        input: SignalWorkflowInput,
        next: Next<'a, SignalWorkflowInput, BoxFuture<'a, Result<(), durably::WorkflowInteractionError>>>,
    ) -> BoxFuture<'a, Result<(), durably::WorkflowInteractionError>> {
        let arguments = input.args_ref::<durably::Arguments>().unwrap();
        let (word, ()) = arguments.get::<(String, ())>().unwrap();
        self.0.0.lock().unwrap().push(format!("{} {}({word})", self.1, input.signal_name));
        next.run(input)
    }
}

#[tokio::test]
async fn interceptors_see_typed_arguments_the_first_one_first() {
    let watch = Arc::<Watch>::default();
    let builder = durably::client().address(address()).interceptor(Watching(Arc::clone(&watch), "outer"));
    let client = builder.interceptor(Watching(Arc::clone(&watch), "inner")).await.unwrap();
    let words = Words::start(&client, "a").id(unique("words")).task_queue("nobody").await.unwrap();
    words.add("b").await.unwrap();
    assert_eq!(*watch.0.lock().unwrap(), ["outer add(b)", "inner add(b)"]);
    assert_eq!(texts(&event!(words, WorkflowExecutionSignaledEventAttributes).input), ["\"b\""]);
    words.terminate().await.unwrap();
}

/// A service that takes notes and refuses everything but the first question of every client.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<(String, String)>>>);

impl Notes {
    fn service(&self, header: &'static str) -> CallbackBasedGrpcService {
        let notes = Arc::clone(&self.0);
        let callback = move |request: durably::temporal::client::callback_based::GrpcRequest| {
            let value = request.headers.get(header).and_then(|value| value.to_str().ok()).unwrap_or_default();
            notes.lock().unwrap().push((request.rpc.clone(), value.to_owned()));
            let answer = match &*request.rpc {
                "GetSystemInfo" => Ok(GrpcSuccessResponse { headers: Default::default(), proto: vec![] }),
                _ => Err(Status::invalid_argument("not now")),
            };
            Box::pin(std::future::ready(answer)) as BoxFuture<'static, _>
        };
        CallbackBasedGrpcService { callback: Arc::new(callback) }
    }

    fn of(&self, rpc: &str) -> Vec<String> {
        let notes = self.0.lock().unwrap();
        notes.iter().filter(|(name, _)| name == rpc).map(|(_, value)| value.clone()).collect()
    }
}

async fn noted(notes: &Notes, header: &'static str, builder: durably::ClientBuilder) -> Client {
    let service = notes.service(header);
    let builder = builder.address("127.0.0.1:1").connection_options(move |options| {
        options.service_override = Some(service);
        options.dns_load_balancing = None;
    });
    builder.await.unwrap()
}

#[tokio::test]
async fn a_header_of_the_client_goes_with_every_call() {
    let notes = Notes::default();
    let client = noted(&notes, "x-tenant", durably::client().header("x-tenant", "7")).await;
    let words = Words::handle(&client, "words");
    words.add("a").await.unwrap_err();
    words.with_each("a").await.unwrap_err();
    for rpc in ["GetSystemInfo", "SignalWorkflowExecution", "QueryWorkflow"] {
        assert_eq!(notes.of(rpc), ["7"], "{rpc}");
    }
}

#[tokio::test]
async fn an_api_key_goes_with_every_call() {
    let notes = Notes::default();
    let client = noted(&notes, "authorization", durably::client().api_key("open-sesame")).await;
    Words::handle(&client, "words").describe().await.unwrap_err();
    assert_eq!(notes.of("DescribeWorkflowExecution"), ["Bearer open-sesame"]);
}

#[tokio::test]
async fn metadata_of_a_call_goes_with_that_call() {
    let notes = Notes::default();
    let client = noted(&notes, "x-trace", durably::client().header("x-trace", "none")).await;
    let mut metadata = RpcMetadata::new();
    metadata.insert("x-trace", "9").unwrap();
    let traced = || RpcOptions::builder().metadata(metadata.clone()).build();
    let words = Words::handle(&client, "words");
    Words::start(&client, "a").id("words").task_queue("q").rpc_options(traced()).await.unwrap_err();
    words.add("a").rpc_options(traced()).await.unwrap_err();
    words.with_each("a").rpc_options(traced()).await.unwrap_err();
    words.finish("a").rpc_options(traced()).await.unwrap_err();
    words.describe().rpc_options(traced()).await.unwrap_err();
    words.cancel().rpc_options(traced()).await.unwrap_err();
    words.terminate().rpc_options(traced()).await.unwrap_err();
    words.result().rpc_options(traced()).await.unwrap_err();
    for rpc in [
        "StartWorkflowExecution",
        "SignalWorkflowExecution",
        "QueryWorkflow",
        "UpdateWorkflowExecution",
        "DescribeWorkflowExecution",
        "RequestCancelWorkflowExecution",
        "TerminateWorkflowExecution",
        "GetWorkflowExecutionHistory",
    ] {
        assert_eq!(notes.of(rpc), ["9"], "{rpc}");
    }
    words.describe().await.unwrap_err();
    assert_eq!(notes.of("DescribeWorkflowExecution"), ["9", "none"], "and with no other");
}

/// Runs in a process of its own: the child of the tests below, which tell it a profile and the namespace to expect.
#[tokio::test]
#[ignore = "needs another environment: the child of other tests"]
async fn a_client_of_the_environment() {
    let Some(told) = told_to() else { return };
    let (profile, expected) = told.split_once(' ').unwrap();
    let builder = || match profile {
        "default" => durably::client(),
        profile => durably::client().profile(profile),
    };
    assert_eq!(builder().await.unwrap().options().namespace, expected);
    let chosen = builder().namespace("chosen").await.unwrap();
    assert_eq!(chosen.options().namespace, "chosen", "what the program says comes first");
}

/// Runs the test above with no other `TEMPORAL_*` variables than these.
async fn client_of(word: &str, variables: &[(&str, &str)]) {
    let child = Child::start("client::a_client_of_the_environment", word, |command| {
        let others = std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("TEMPORAL_"));
        others.for_each(|name| {
            command.env_remove(name);
        });
        command.env("TEMPORAL_ADDRESS", address()).envs(variables.iter().copied());
    });
    let status = tokio::task::spawn_blocking(|| child.wait()).await.unwrap().unwrap();
    assert!(status.success(), "{word}: {status}");
}

#[tokio::test]
async fn the_environment_configures_a_client() {
    client_of("default billing", &[("TEMPORAL_NAMESPACE", "billing"), ("TEMPORAL_CONFIG_FILE", "/dev/null")]).await;
}

#[tokio::test]
async fn a_configuration_file_configures_a_client() {
    let file = std::env::temp_dir().join(unique("durably-tests.toml"));
    std::fs::write(&file, "[profile.default]\nnamespace = \"usual\"\n[profile.other]\nnamespace = \"special\"\n")
        .unwrap();
    let variables = [("TEMPORAL_CONFIG_FILE", file.to_str().unwrap())];
    client_of("default usual", &variables).await;
    client_of("other special", &variables).await;
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn a_second_client_finds_what_the_first_one_started() {
    with_worker(
        |worker| worker.workflow::<Words>().activity::<shout>(),
        async |first, queue| {
            let started = Words::start(first, "a").id(unique("words")).task_queue(queue).await.unwrap();
            let second = client().await;
            let found = Words::handle(&second, started.workflow_id());
            found.add("b").await.unwrap();
            assert_eq!(started.with_each("").await.unwrap(), ["b"]);
            assert_eq!(found.finish("c").await.unwrap(), 2);
            assert_eq!(started.result().await.unwrap(), "A B C");
        },
    )
    .await;
}
