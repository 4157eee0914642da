//! Expectations of a test: which requests get which responses, and how often.

use std::cell::RefCell;
use std::fmt;
use std::fmt::Write as _;
use std::panic::Location;

use futures::FutureExt as _;

use super::mock_response::{IntoMockResponse, MockResponse};
use super::recorded::RecordedRequest;
use super::{Recorder, difference};
use crate::descriptor::Operation;
use crate::future::{MaybeSend, MaybeSync};

thread_local! {
    /// The call that is only expected, while it is polled.
    static LEARNING: RefCell<Option<Learning>> = const { RefCell::new(None) };
}

/// A call that is only expected. Its request is sent nowhere.
struct Learning {
    /// The recorder that expects it. Other recorders, such as that of a login, respond as usual.
    recorder: usize,
    request: Option<RecordedRequest>,
}

/// Keeps a request if its call is only expected; returns whether it is.
pub(super) fn learn(recorder: usize, request: &RecordedRequest) -> bool {
    LEARNING.with_borrow_mut(|learning| {
        let own = learning.as_mut().filter(|learning| learning.recorder == recorder);
        own.map(|own| own.request = Some(request.clone())).is_some()
    })
}

/// A condition of a test on a request.
trait Check: MaybeSend + MaybeSync {
    fn holds(&self, request: &RecordedRequest) -> bool;
}

impl<F: Fn(&RecordedRequest) -> bool + MaybeSend + MaybeSync> Check for F {
    fn holds(&self, request: &RecordedRequest) -> bool {
        self(request)
    }
}

/// Which requests are expected.
struct Pattern {
    operation: &'static Operation,
    /// The whole request, if the test gave the call.
    request: Option<RecordedRequest>,
    checks: Vec<Box<dyn Check>>,
    at: &'static Location<'static>,
}

impl Pattern {
    /// The differences between a request and the expected ones; empty if there are none.
    fn differences(&self, request: &RecordedRequest) -> Vec<String> {
        if self.operation.id != request.operation {
            return vec![format!("the operation `{}`", self.operation.id)];
        }
        let mut found = self.request.as_ref().map_or_else(Vec::new, |own| difference::between(own, request));
        if found.is_empty() && !self.checks.iter().all(|check| check.holds(request)) {
            found.push("a condition (`when`) that this request does not meet".to_owned());
        }
        found
    }

    fn is_of(&self, request: &RecordedRequest) -> bool {
        self.operation.id == request.operation
    }
}

/// A pattern with its responses.
struct Rule {
    pattern: Pattern,
    responses: Vec<Result<MockResponse, String>>,
    /// How many calls are expected; `None` for at least one.
    times: Option<usize>,
    calls: usize,
}

impl Rule {
    fn is_used_up(&self) -> bool {
        self.times.is_some_and(|times| self.calls >= times)
    }

    fn respond(&mut self) -> Result<MockResponse, String> {
        let response = self.responses.get(self.calls).or(self.responses.last()).cloned();
        self.calls += 1;
        response.unwrap_or_else(|| Ok(MockResponse::empty(200)))
    }
}

/// The expectations of a recorder, in the order in which they were made.
#[derive(Default)]
pub(super) struct Rules(Vec<Rule>);

impl Rules {
    /// The response of the first expectation that a request meets.
    pub fn respond(&mut self, request: &RecordedRequest) -> Option<Result<MockResponse, String>> {
        let fits = |rule: &&mut Rule| !rule.is_used_up() && rule.pattern.differences(request).is_empty();
        self.0.iter_mut().find(fits).map(Rule::respond)
    }

    /// Why no expectation fits, in terms of the nearest one; `None` if there is none at all.
    pub fn nearest(&self, request: &RecordedRequest) -> Option<String> {
        let distance = |rule: &&Rule| (!rule.pattern.is_of(request), rule.pattern.differences(request).len());
        let nearest = self.0.iter().min_by_key(distance)?;
        let mut text = format!("`{}` ({} {}) is not expected; ", request.operation, request.method, request.path);
        let differences = nearest.pattern.differences(request);
        let _ = match differences.as_slice() {
            [] => write!(text, "the expectation at {} has had its {} calls", nearest.pattern.at, nearest.calls),
            differences => {
                write!(text, "the nearest expectation, at {}, has {}", nearest.pattern.at, differences.join(", "))
            }
        };
        Some(text)
    }

    pub fn unmet(&self) -> Vec<String> {
        let unmet = self.0.iter().filter(|rule| rule.calls < rule.times.unwrap_or(1));
        unmet
            .map(|Rule { pattern, times, calls, .. }| {
                let expected = times.map_or_else(|| "at least 1".to_owned(), |times| times.to_string());
                format!("`{}`, expected at {}: {calls} calls, not {expected}", pattern.operation.id, pattern.at)
            })
            .collect()
    }
}

impl Recorder {
    /// Expects calls of an operation. Generated crates have the operations in `descriptors`:
    ///
    /// ```
    /// # use specwright_runtime::client::{MockResponse, Recorder};
    /// # mod descriptors { pub use specwright_runtime::descriptor::Operation; pub static GET_USER: Operation = Operation::BASE; }
    /// let recorder = Recorder::new();
    /// recorder.on(&descriptors::GET_USER).respond(MockResponse::json(200, r#"{"id": 7}"#));
    /// ```
    #[track_caller]
    pub fn on(&self, operation: &'static Operation) -> Expectation {
        let pattern = Pattern { operation, request: None, checks: Vec::new(), at: Location::caller() };
        Expectation { recorder: self.clone(), pattern }
    }

    /// Expects this call: `recorder.on_call(client.get_user(7))`. Nothing is sent. A request meets
    /// the expectation if it has the same path, query, documented headers and body. The client has
    /// to send through this recorder.
    ///
    /// # Panics
    /// If the call is invalid, or waits for something before it is sent, such as a token.
    #[track_caller]
    pub fn on_call<T, E: fmt::Display>(&self, call: impl Future<Output = Result<T, E>>) -> Expectation {
        LEARNING.set(Some(Learning { recorder: self.identity(), request: None }));
        let result = call.now_or_never();
        let Some(request) = LEARNING.take().and_then(|learning| learning.request) else {
            match result {
                Some(Err(error)) => panic!("this call cannot be expected: {error}"),
                _ => panic!("this call cannot be expected: it does not reach the recorder at once"),
            }
        };
        let operation = request.descriptor;
        let pattern = Pattern { operation, request: Some(request), checks: Vec::new(), at: Location::caller() };
        Expectation { recorder: self.clone(), pattern }
    }
}

/// Which requests are expected. [`Self::respond`] adds it to its recorder.
#[must_use = "nothing is expected before `respond`"]
pub struct Expectation {
    recorder: Recorder,
    pattern: Pattern,
}

impl Expectation {
    /// Expects only requests for which this is true.
    pub fn when(mut self, check: impl Fn(&RecordedRequest) -> bool + MaybeSend + MaybeSync + 'static) -> Self {
        self.pattern.checks.push(Box::new(check));
        self
    }

    /// Sets the response. With the feature `server`, it can be a value of the operation's enums,
    /// such as `GetUserSuccess::Ok(user)`. At least one call is expected.
    pub fn respond(self, response: impl IntoMockResponse) -> Expected {
        let Self { recorder, pattern } = self;
        let rule = Rule { pattern, responses: vec![response.into_mock_response()], times: None, calls: 0 };
        let mut rules = recorder.shared.rules();
        rules.0.push(rule);
        let index = rules.0.len() - 1;
        drop(rules);
        Expected { recorder, index }
    }
}

impl fmt::Debug for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expectation").field("operation", &self.pattern.operation.id).finish_non_exhaustive()
    }
}

/// An expectation of a recorder.
pub struct Expected {
    recorder: Recorder,
    index: usize,
}

impl Expected {
    /// Sets the response to the next call. The last response is repeated.
    #[expect(clippy::return_self_not_must_use, reason = "the expectation has changed already")]
    pub fn then(self, response: impl IntoMockResponse) -> Self {
        self.change(|rule| rule.responses.push(response.into_mock_response()));
        self
    }

    /// Expects exactly this number of calls. A further call is an error, and [`Recorder::unmet`]
    /// reports missing ones.
    #[expect(
        clippy::must_use_candidate,
        clippy::return_self_not_must_use,
        reason = "the expectation has changed already"
    )]
    pub fn times(self, calls: usize) -> Self {
        self.change(|rule| rule.times = Some(calls));
        self
    }

    /// The number of calls that have met it.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.recorder.shared.rules().0.get(self.index).map_or(0, |rule| rule.calls)
    }

    fn change(&self, change: impl FnOnce(&mut Rule)) {
        if let Some(rule) = self.recorder.shared.rules().0.get_mut(self.index) {
            change(rule);
        }
    }
}

impl fmt::Debug for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expected").field("calls", &self.calls()).finish_non_exhaustive()
    }
}
