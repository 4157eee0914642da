//! A service as its author writes it: with state, a log-in, and what surrounds it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use ferries::operations::*;
use ferries::server::*;
use ferries::specwright_runtime::StatusCode;
use ferries::specwright_runtime::server::{AuthError, Context, Failure, Response, document_route};
use ferries::types::{Booking, BookingRequired, Crossing, CrossingRequired, Token};
use ferries::{Credentials, DOCUMENT};
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;

/// The requests that are served in a second, at most.
const RATE: u32 = 2_000;

#[derive(Default)]
struct Office {
    bookings: Mutex<BTreeMap<i64, (String, Booking)>>,
}

impl Office {
    fn bookings(&self) -> MutexGuard<'_, BTreeMap<i64, (String, Booking)>> {
        self.bookings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn crossings() -> Vec<Crossing> {
    let departs = "2026-05-01T08:00:00Z".parse().expect("a time");
    vec![Crossing::new(CrossingRequired {
        id: 1,
        from: "Kiel".to_owned(),
        to: "Oslo".to_owned(),
        departs,
    })]
}

fn missing<E>(what: &str) -> Failure<E> {
    Failure::refused(StatusCode::NOT_FOUND, format!("there is no such {what}"))
}

impl Ferries for Office {
    type Principal = String;

    async fn authenticate(&self, credentials: Credentials, context: &Context) -> Result<String, AuthError> {
        let Credentials::Login(token) = credentials;
        let (name, scope) = token.expose().split_once('-').ok_or(AuthError::Unauthorized)?;
        let scopes: &[&str] = match scope {
            "all" => &["read", "write"],
            "read" => &["read"],
            _ => return Err(AuthError::Unauthorized),
        };
        if context.scopes().all(|needed| scopes.contains(&needed)) {
            Ok(name.to_owned())
        } else {
            Err(AuthError::Forbidden)
        }
    }

    async fn login(&self, input: LoginInput, _: Context) -> Result<LoginSuccess, Failure<LoginError>> {
        let scope = if input.body.name == "guest" { "read" } else { "all" };
        if !input.body.password.matches("sea") {
            return Err(Failure::refused(StatusCode::FORBIDDEN, "the password is wrong"));
        }
        Ok(LoginSuccess::Ok(Token::new(format!("{}-{scope}", input.body.name))))
    }

    async fn list_crossings(
        &self,
        _: String,
        input: ListCrossingsInput,
        _: Context,
    ) -> Result<ListCrossingsSuccess, Failure<ListCrossingsError>> {
        let wanted = |crossing: &Crossing| input.from.as_ref().is_none_or(|from| *from == crossing.from);
        let limit = usize::try_from(input.limit).unwrap_or_default();
        Ok(ListCrossingsSuccess::Ok(
            crossings().into_iter().filter(wanted).take(limit).collect(),
        ))
    }

    async fn list_bookings(
        &self,
        user: String,
        _: ListBookingsInput,
        _: Context,
    ) -> Result<ListBookingsSuccess, Failure<ListBookingsError>> {
        let bookings = self.bookings();
        let own = bookings.values().filter(|(owner, _)| *owner == user);
        Ok(ListBookingsSuccess::Ok(
            own.map(|(_, booking)| booking.clone()).collect(),
        ))
    }

    async fn add_booking(
        &self,
        user: String,
        input: AddBookingInput,
        _: Context,
    ) -> Result<AddBookingSuccess, Failure<AddBookingError>> {
        let wanted = input.body;
        if crossings().iter().all(|crossing| crossing.id != wanted.crossing) {
            return Err(missing("crossing"));
        }
        let mut bookings = self.bookings();
        let id = bookings.last_key_value().map_or(1, |(id, _)| id + 1);
        let mut booking = Booking::new(BookingRequired {
            id,
            crossing: wanted.crossing,
            passenger: wanted.passenger,
            paid: false,
        });
        booking.bicycles = wanted.bicycles;
        bookings.insert(id, (user, booking.clone()));
        Ok(AddBookingSuccess::Created(
            booking,
            AddBookingCreatedHeaders {
                location: Some(format!("/bookings/{id}")),
            },
        ))
    }

    async fn get_booking(
        &self,
        user: String,
        input: GetBookingInput,
        _: Context,
    ) -> Result<GetBookingSuccess, Failure<GetBookingError>> {
        match self.bookings().get(&input.booking_id) {
            Some((owner, booking)) if *owner == user => Ok(GetBookingSuccess::Ok(booking.clone())),
            _ => Err(missing("booking")),
        }
    }

    async fn cancel_booking(
        &self,
        user: String,
        input: CancelBookingInput,
        _: Context,
    ) -> Result<CancelBookingSuccess, Failure<CancelBookingError>> {
        let mut bookings = self.bookings();
        match bookings.get(&input.booking_id) {
            Some((owner, _)) if *owner == user => bookings.remove(&input.booking_id),
            _ => return Err(missing("booking")),
        };
        Ok(CancelBookingSuccess::NoContent)
    }

    async fn pay_booking(
        &self,
        user: String,
        input: PayBookingInput,
        _: Context,
    ) -> Result<PayBookingSuccess, Failure<PayBookingError>> {
        match self.bookings().get_mut(&input.booking_id) {
            Some((owner, booking)) if *owner == user && !booking.paid => {
                booking.paid = true;
                Ok(PayBookingSuccess::Ok(booking.clone()))
            }
            Some((owner, _)) if *owner == user => Err(Failure::refused(StatusCode::CONFLICT, "it is paid already")),
            _ => Err(missing("booking")),
        }
    }
}

/// Refuses what is more than [`RATE`].
async fn limited(window: Arc<Mutex<(Instant, u32)>>, request: Request, next: Next) -> Response {
    let is_over = {
        let mut window = window.lock().unwrap_or_else(PoisonError::into_inner);
        if window.0.elapsed() > Duration::from_secs(1) {
            *window = (Instant::now(), 0);
        }
        window.1 += 1;
        window.1 > RATE
    };
    if is_over {
        (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")]).into_response()
    } else {
        next.run(request).await
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let window = Arc::new(Mutex::new((Instant::now(), 0)));
    let app = router(Office::default())
        .merge(document_route("/openapi.yaml", DOCUMENT))
        .layer(from_fn(move |request, next| {
            limited(Arc::clone(&window), request, next)
        }))
        .layer(CompressionLayer::new())
        .layer(CorsLayer::permissive());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app)
        .with_graceful_shutdown(async { tokio::signal::ctrl_c().await.unwrap_or_default() })
        .await?;
    println!("stopped");
    Ok(())
}
