//! Virtual environments of Python in the target folder, made once and shared by all processes.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::bounded::run_within;
use crate::error::InstallError;
use crate::lock::FileLock;
use crate::workspace::target_dir;

/// The folder's last file: it exists once everything else does, and says what is installed.
const MARKER: &str = "durably-installed";
/// Downloads included.
const COMMAND_LIMIT: Duration = Duration::from_secs(600);

/// The Python interpreter of a virtual environment that has these packages, written as pip takes
/// them: `python_venv(&["temporalio==1.10.0"])`.
///
/// It is made in the target folder on first use, and found there afterwards. Each list of packages
/// has its own environment, so one is never changed while another process runs it.
pub fn python_venv(packages: &[&str]) -> Result<PathBuf, InstallError> {
    let mut hasher = DefaultHasher::new();
    packages.hash(&mut hasher);
    let dir = target_dir().join("python-venv").join(format!("{:016x}", hasher.finish()));
    let venv = Venv { python: Path::new("python3"), dir, packages };
    venv.ensure()?;
    Ok(venv.program("python"))
}

/// An environment that is to be.
pub(crate) struct Venv<'a> {
    pub(crate) python: &'a Path,
    pub(crate) dir: PathBuf,
    pub(crate) packages: &'a [&'a str],
}

impl Venv<'_> {
    /// The path of one of its programs.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.dir.join("bin").join(name)
    }

    pub(crate) fn is_ready(&self) -> bool {
        let marker = fs::read_to_string(self.dir.join(MARKER));
        // The interpreter is a link to the system's, which can be gone.
        marker.is_ok_and(|installed| installed == self.contents()) && self.program("python").exists()
    }

    /// Makes it, unless it is ready; processes that come at the same time wait for the first.
    pub(crate) fn ensure(&self) -> Result<(), InstallError> {
        if self.is_ready() {
            return Ok(());
        }
        let lock = self.dir.with_extension("lock");
        let _lock = FileLock::acquire(&lock).map_err(|cause| InstallError::File { path: lock.clone(), cause })?;
        if self.is_ready() {
            return Ok(());
        }
        eprintln!("xtask: installing {} into {} (only once)", self.packages.join(" "), self.dir.display());
        self.install()
    }

    fn install(&self) -> Result<(), InstallError> {
        let file_error = |cause| InstallError::File { path: self.dir.clone(), cause };
        match fs::remove_dir_all(&self.dir) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(file_error(cause)),
            _ => {}
        }
        run(
            self.python,
            &["-m".as_ref(), "venv".as_ref(), self.dir.as_os_str()],
            "; Python's venv module may lack ensurepip (on Debian and Ubuntu: install python3-venv)",
        )?;
        let mut args = vec!["-m", "pip", "install", "--disable-pip-version-check", "--quiet"];
        args.extend(self.packages);
        let args: Vec<&OsStr> = args.into_iter().map(OsStr::new).collect();
        run(&self.program("python"), &args, "; is there a network, or a package index that pip is configured for?")?;
        fs::write(self.dir.join(MARKER), self.contents()).map_err(file_error)
    }

    fn contents(&self) -> String {
        self.packages.join("\n")
    }
}

fn run(python: &Path, args: &[&OsStr], fix: &'static str) -> Result<(), InstallError> {
    let finished = run_within(Command::new(python).args(args), COMMAND_LIMIT)
        .map_err(|cause| InstallError::Python { python: python.to_owned(), cause })?;
    if finished.success() {
        return Ok(());
    }
    let words: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    Err(InstallError::Command {
        command: format!("{} {}", python.display(), words.join(" ")),
        ending: finished.ending(),
        fix,
        output: format!("{}{}", finished.stdout, finished.stderr).trim_end().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn fixture(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
    }

    fn fresh_dir(name: &str) -> PathBuf {
        let dir = target_dir().join("xtask-tests").join(name);
        let _ = fs::remove_dir_all(&dir);
        dir
    }

    #[test]
    fn those_who_come_together_install_once() {
        let venv = Venv { python: &fixture("python3"), dir: fresh_dir("once"), packages: &["one==1", "two"] };
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| venv.ensure().unwrap());
            }
        });
        let installs = fs::read_to_string(venv.dir.join("installs")).unwrap();
        assert_eq!(installs, "-m pip install --disable-pip-version-check --quiet one==1 two\n");
    }

    #[test]
    fn another_list_of_packages_installs_again() {
        let (python, dir) = (fixture("python3"), fresh_dir("again"));
        Venv { python: &python, dir: dir.clone(), packages: &["one==1"] }.ensure().unwrap();
        let newer = Venv { python: &python, dir, packages: &["one==2"] };
        assert!(!newer.is_ready());
        newer.ensure().unwrap();
        assert!(newer.is_ready());
    }

    #[test]
    fn without_python_the_error_names_it() {
        let missing = Path::new("/no/such/python3");
        let venv = Venv { python: missing, dir: fresh_dir("no-python"), packages: &["one"] };
        let message = venv.ensure().unwrap_err().to_string();
        assert!(message.contains("/no/such/python3") && message.contains("install Python 3"), "{message}");
    }

    #[test]
    fn without_ensurepip_the_error_says_what_to_install_and_nothing_is_ready() {
        let python = fixture("python3-without-ensurepip");
        let venv = Venv { python: &python, dir: fresh_dir("no-ensurepip"), packages: &["one"] };
        let message = venv.ensure().unwrap_err().to_string();
        assert!(message.contains("ensurepip is not available"), "{message}");
        assert!(message.contains("install python3-venv"), "{message}");
        assert!(!venv.is_ready());
    }
}
