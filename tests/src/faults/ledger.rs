//! A service outside Temporal with a memory of its own.
//!
//! Activities run at least once. An effect happens once all the same if the service that has the effect is told a key, and
//! does nothing for a key that it knows; providers of payments work like this.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

const PATIENCE: Duration = Duration::from_secs(40);

/// Books each key once and answers with the number of the booking, whenever it is asked. Gone when it is dropped.
pub struct Ledger {
    address: String,
    books: Arc<Books>,
    serving: JoinHandle<()>,
}

struct Books {
    pages: watch::Sender<Pages>,
    /// How many requests it answers; it books the others, and keeps whoever asked waiting.
    answers: watch::Sender<usize>,
    answered: Mutex<usize>,
}

/// What is in the books.
#[derive(Clone, Default)]
pub struct Pages {
    /// Each effect, as it happened.
    pub bookings: Vec<String>,
    /// How often each key was asked for.
    pub requests: BTreeMap<String, usize>,
}

impl Pages {
    /// The number of the booking, which is the answer for this key.
    pub fn number(&self, key: &str) -> Option<usize> {
        self.bookings.iter().position(|booked| booked == key)
    }

    /// The keys that were asked for more than once.
    pub fn repeated(&self) -> usize {
        self.requests.values().filter(|requests| **requests > 1).count()
    }
}

impl Ledger {
    /// A ledger with empty books, on a free port.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let books = Arc::new(Books {
            pages: watch::Sender::new(Pages::default()),
            answers: watch::Sender::new(usize::MAX),
            answered: Mutex::new(0),
        });
        let serving = tokio::spawn(serve(listener, Arc::clone(&books)));
        Self { address, books, serving }
    }

    /// Where it listens; [`book`] takes it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Books whatever comes, but answers only so many requests, counted from the first one.
    pub fn answer_only(&self, requests: usize) {
        self.books.answers.send_replace(requests);
    }

    /// Answers all requests, those too that wait.
    pub fn answer_all(&self) {
        self.answer_only(usize::MAX);
    }

    /// Waits until so much is booked.
    pub async fn booked(&self, bookings: usize) {
        let mut pages = self.books.pages.subscribe();
        let booked = pages.wait_for(|pages| pages.bookings.len() >= bookings);
        if tokio::time::timeout(PATIENCE, booked).await.is_err() {
            panic!("{} of {bookings} bookings after {PATIENCE:?}", self.pages().bookings.len());
        }
    }

    /// What is in the books by now.
    pub fn pages(&self) -> Pages {
        self.books.pages.borrow().clone()
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, books: Arc<Books>) {
    let mut requests = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let books = Arc::clone(&books);
        // Whoever asked may be gone when the answer comes.
        requests.spawn(async move { books.answer(stream).await });
    }
}

impl Books {
    async fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        let key = read_line(&mut stream).await?;
        let number = self.enter(key);
        let mut answers = self.answers.subscribe();
        let turn = answers.wait_for(|allowed| {
            let mut answered = self.answered.lock().unwrap();
            let free = *answered < *allowed;
            *answered += usize::from(free);
            free
        });
        turn.await.map_err(io::Error::other)?;
        stream.write_all(format!("{number}\n").as_bytes()).await
    }

    /// Has the effect, unless it was had before.
    fn enter(&self, key: String) -> usize {
        let mut number = 0;
        self.pages.send_modify(|pages| {
            *pages.requests.entry(key.clone()).or_default() += 1;
            number = pages.number(&key).unwrap_or_else(|| {
                pages.bookings.push(key);
                pages.bookings.len() - 1
            });
        });
        number
    }
}

/// Asks the ledger at this address to book a key.
///
/// Errors: there is no ledger, or it goes away before it answers.
pub async fn book(address: &str, key: &str) -> io::Result<usize> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("{key}\n").as_bytes()).await?;
    read_line(&mut stream).await?.parse().map_err(io::Error::other)
}

async fn read_line(stream: &mut TcpStream) -> io::Result<String> {
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).await?;
    match line.pop() {
        Some('\n') => Ok(line),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}
