//! Shows a spinner on the terminal during long work.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::report::Format;

/// Shorter work shows no spinner.
const DELAY: Duration = Duration::from_secs(1);

/// The time between two frames of the spinner.
const TICK: Duration = Duration::from_millis(100);

/// Work in progress. The spinner disappears when the value is dropped.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts the spinner with a text on standard error, if standard error is a terminal and the
    /// format is text.
    pub fn start(format: Format, message: impl Into<String>) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_message(message.into());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:>3} {wide_msg}") {
            bar.set_style(style);
        }
        let target = ProgressDrawTarget::stderr();
        let waiting = (format == Format::Text && !target.is_hidden()).then(|| {
            let (done, is_done) = mpsc::channel();
            let shown = bar.clone();
            let thread = thread::spawn(move || {
                if is_done.recv_timeout(DELAY) == Err(RecvTimeoutError::Timeout) {
                    shown.set_draw_target(target);
                    shown.enable_steady_tick(TICK);
                }
            });
            (done, thread)
        });
        Self { bar, waiting }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.waiting.take() {
            drop(done);
            // The thread returns nothing, so a panic in it loses nothing.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drawn_in_json_nor_at_the_start() {
        assert!(Progress::start(Format::Json, "waiting").waiting.is_none());
        assert!(Progress::start(Format::Text, "waiting").bar.is_hidden());
    }

    #[test]
    fn short_work_does_not_wait_for_the_second_to_pass() {
        let started = std::time::Instant::now();
        drop(Progress::start(Format::Text, "waiting"));
        assert!(started.elapsed() < DELAY);
    }
}
