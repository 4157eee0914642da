//! `tests/clients/frameworks/fastapi_service_app.py`, called: a login, pages, an upload and
//! events that continue after a lost connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::{StreamExt as _, TryStreamExt as _};
use specwright_runtime::client::{OAuth, Reconnect, RequestOptions};
use specwright_runtime::{Event, File};
use tests::generated::fastapi_service::types::{BodyAddPhotoForm, BodyAddPhotoFormRequired, Photo};
use tests::generated::fastapi_service::{Client, security};

use super::CallResult;

const PHOTOS: i64 = 7;

pub async fn call(url: &str) -> CallResult {
    let oauth = OAuth::new(&security::flows::OAUTH2_PASSWORD_BEARER, url, "app").scopes(["photos"]);
    let tokens = oauth.password("jo", "hunter2")?;
    let client = builder!(Client, url).token_source(&security::OAUTH2_PASSWORD_BEARER, tokens).build()?;
    // More requests than a token is valid for: the client logs in again.
    for _ in 0..2 {
        let ids: Vec<i64> = client.list_photos().limit(3).items().map_ok(|photo| photo.id).try_collect().await?;
        assert_eq!(ids, (1..=PHOTOS).collect::<Vec<_>>());
    }
    upload(&client).await?;
    let quickly = Reconnect::standard().pauses(Duration::from_millis(10), Duration::from_millis(50));
    let events = client.watch().with(RequestOptions::new().reconnect(quickly)).await?.into_body();
    let all: Vec<Event<Photo>> = events.take(7).try_collect().await?;
    assert_eq!(all.iter().map(|event| event.data.id).collect::<Vec<_>>(), (1..=PHOTOS).collect::<Vec<_>>());
    assert_eq!(all[6].id.as_deref(), Some("7"));

    let wrong = OAuth::new(&security::flows::OAUTH2_PASSWORD_BEARER, url, "app").password("jo", "s3cret")?;
    let client = builder!(Client, url).token_source(&security::OAUTH2_PASSWORD_BEARER, wrong).build()?;
    let error = client.list_photos().await.unwrap_err().to_string();
    assert!(
        error.contains("the token endpoint refused the request: status 400") && !error.contains("s3cret"),
        "{error}"
    );
    Ok(())
}

/// A file of the disk, with its media type and progress.
async fn upload(client: &Client) -> CallResult {
    let path = std::env::temp_dir().join(format!("specwright-{}.png", std::process::id()));
    tokio::fs::write(&path, vec![0; 150_000]).await?;
    let most = Arc::new(AtomicU64::new(0));
    let progress = Arc::clone(&most);
    let file = File::open(&path).await?.with_progress(move |done, _| {
        progress.fetch_max(done, Ordering::Relaxed);
    });
    let form = BodyAddPhotoForm::new(BodyAddPhotoFormRequired { file, title: "T".to_owned() });
    let received = client.add_photo(form).await?.into_body();
    tokio::fs::remove_file(&path).await?;
    assert_eq!((received.size, received.media_type.as_str(), received.title.as_str()), (150_000, "image/png", "T"));
    assert_eq!(most.load(Ordering::Relaxed), 150_000);
    Ok(())
}
