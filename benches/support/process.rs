//! A copy of this program that serves until its input ends.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};

pub(crate) struct Server {
    process: Child,
    input: Option<ChildStdin>,
    /// The line that it printed when it was ready.
    pub(crate) line: String,
}

impl Server {
    /// Starts this program with a role, which the variable tells it.
    pub(crate) fn start(variable: &str, role: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .env(variable, role)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let input = process.stdin.take();
        Self { process, input, line: line.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends with its input.
        self.input.take();
        _ = self.process.wait();
    }
}
