//! Types of an application that replace schemas and formats of a document.

use serde::{Deserialize, Serialize};
use specwright_runtime::validation::Validate;

/// An amount of money, in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Money {
    /// The cents.
    pub cents: u64,
    /// Three letters.
    pub currency: [u8; 3],
}

/// A serial number: digits in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Serial(pub u64);

impl Validate for Money {}
impl Validate for Serial {}

/// Money in the form that the document gives it.
#[derive(Serialize, Deserialize)]
struct Written {
    amount: String,
    currency: String,
}

impl TryFrom<Written> for Money {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, &'static str> {
        let (units, cents) = written.amount.split_once('.').ok_or("no point")?;
        let units: u64 = units.parse().map_err(|_| "no number")?;
        let cents: u64 = cents.parse().map_err(|_| "no number")?;
        let currency = written.currency.as_bytes().try_into().map_err(|_| "not three letters")?;
        Ok(Self { cents: units * 100 + cents, currency })
    }
}

impl From<Money> for Written {
    fn from(money: Money) -> Self {
        let amount = format!("{}.{:02}", money.cents / 100, money.cents % 100);
        Self { amount, currency: String::from_utf8_lossy(&money.currency).into_owned() }
    }
}

impl TryFrom<String> for Serial {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, std::num::ParseIntError> {
        text.parse().map(Self)
    }
}

impl From<Serial> for String {
    fn from(serial: Serial) -> Self {
        serial.0.to_string()
    }
}
