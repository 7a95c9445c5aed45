//! Payload codecs: what the service gets to see of arguments, results and failures.
//!
//! What one learns: a codec turns payloads into others on their way out of clients and workers, and back on their way in;
//! codecs are chained, here one that compresses and one that encrypts; the id of the key goes along, so that keys can be
//! exchanged while workflows run; whoever lacks the key gets an error that says so.
//!
//! ```text
//! we:         a letter of 1007 characters
//! the server: binary/encrypted with the key `summer`, 1/5 of the size at most, and not a word of it
//! once more:  the same letter is other bytes
//! failure:    "nothing to sign" is "Encoded failure" to the server
//! new key:    a letter of 1007 characters
//! no key:     it was encrypted with the key `summer`, which is not here
//! wrong key:  the key `summer` does not decrypt it
//! ```

mod compress;
mod encrypt;
mod wrapping;

use compress::Compress;
use durably::{
    ConnectError, DataConverter,
    prelude::*,
    temporal::common::{
        data_converters::{DefaultFailureConverter, PayloadConverter},
        protos::temporal::api::{common::v1::Payload, history::v1::history_event::Attributes},
    },
};
use encrypt::{Encrypt, KEY_ID};
use wrapping::Chain;

#[workflow(task_queue = "payload-codec", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Letter;

#[workflow]
impl Letter {
    #[run(id = "letter-{number}")]
    async fn run(number: u32, text: String) -> WorkflowResult<String> {
        match number {
            0 => Err(ApplicationFailure::non_retryable("nothing to sign").into()),
            _ => Ok(format!("{text} signed")),
        }
    }
}

/// A client with these keys; a worker takes over the codec of its client.
async fn connect(keys: &[(&'static str, [u8; 32])]) -> Result<Client, ConnectError> {
    // Compressed first: what is encrypted looks like noise, and noise does not get smaller.
    let codec = Chain::new(Compress, Encrypt::new(keys));
    // `.codec(codec)` is enough, unless the messages of failures are to be encoded as well.
    let converter = DataConverter::new(PayloadConverter::default(), DefaultFailureConverter::new(true), codec);
    durably::client().data_converter(converter).await
}

/// The text as the server has it: the second argument of the workflow.
async fn on_the_server(letter: &LetterHandle) -> Result<Payload, Box<dyn std::error::Error>> {
    for event in letter.history().into_events().await? {
        if let Some(Attributes::WorkflowExecutionStartedEventAttributes(started)) = event.attributes {
            return started.input.and_then(|input| input.payloads.into_iter().nth(1)).ok_or_else(|| "no text".into());
        }
    }
    Err("it has not been started".into())
}

/// What an error goes back to, without what was said around it.
fn cause(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), cause)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (summer, winter, other) = ([7; 32], [8; 32], [9; 32]);
    let client = connect(&[("summer", summer)]).await?;
    let worker = Worker::new(&client, "payload-codec").workflow::<Letter>().start()?;

    let text = "Dear Ada, ".repeat(100);
    let letter = Letter::start(&client, 1, &text).await?;
    println!("we:         a letter of {} characters", letter.result().await?.len());
    let seen = on_the_server(&letter).await?;
    let [encoding, key] = ["encoding", KEY_ID].map(|name| String::from_utf8_lossy(&seen.metadata[name]).into_owned());
    if seen.data.len() * 5 <= text.len() && !seen.data.windows(3).any(|bytes| bytes == b"Ada") {
        println!("the server: {encoding} with the key `{key}`, 1/5 of the size at most, and not a word of it");
    }
    let twin = Letter::start(&client, 2, &text).await?;
    if on_the_server(&twin).await?.data != seen.data {
        println!("once more:  the same letter is other bytes");
    }

    let refused = Letter::start(&client, 0, "").await?;
    let reason = refused.result().await.err().map(|error| cause(&error.kind)).unwrap_or_default();
    for event in refused.history().into_events().await? {
        if let Some(Attributes::WorkflowExecutionFailedEventAttributes(failed)) = event.attributes {
            let message = failed.failure.unwrap_or_default().message;
            println!("failure:    {reason:?} is {message:?} to the server");
        }
    }

    // From now on, new payloads have a new key; the old one stays as long as there are payloads with it.
    let both = connect(&[("winter", winter), ("summer", summer)]).await?;
    let length = Letter::handle(&both, letter.workflow_id()).result().await?.len();
    println!("new key:    a letter of {length} characters");

    for (what, keys) in [("no key:    ", [("winter", winter)]), ("wrong key: ", [("summer", other)])] {
        let stranger = connect(&keys).await?;
        if let Err(error) = Letter::handle(&stranger, letter.workflow_id()).result().await {
            println!("{what} {}", cause(&error.kind));
        }
    }

    worker.shutdown().await?;
    Ok(())
}
