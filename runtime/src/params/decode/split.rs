//! Splits the text of a parameter into a scalar, list or object, by its style.

use std::borrow::Cow;

use super::item::{DecodeMode, Entries, Item, push_deep, push_entry};
use super::{Encoding, ParamDecodeError};
use crate::descriptor::{Location, Parameter, Style};

/// A parameter as sent.
pub(crate) struct Encoded<'r> {
    pub(super) name: &'r str,
    pub(super) style: Style,
    pub(super) explode: bool,
    pub(crate) json: bool,
    encoding: Encoding,
    location: Location,
    /// The text under the parameter's own name.
    pub(super) texts: Vec<&'r str>,
    /// All pairs of the query or the cookies.
    pub(super) pairs: &'r [(&'r str, &'r str)],
    claimed: Option<&'r dyn Fn(&str) -> bool>,
    /// Whether an object consists of all `pairs`.
    pub(super) exploded: bool,
}

/// The name and text of each `name=text`.
pub(super) fn pairs(text: &str, separator: char) -> impl Iterator<Item = (&str, &str)> {
    // Spaces separate cookies. Elsewhere, they are part of a value.
    let trim: fn(&str) -> &str = if separator == ';' { str::trim_ascii } else { |pair: &str| pair };
    text.split(separator)
        .map(trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

impl<'r> Encoded<'r> {
    pub(super) fn new(parameter: &Parameter, encoding: Encoding) -> Self {
        Self {
            name: parameter.name,
            style: parameter.style,
            explode: parameter.explode,
            json: parameter.json,
            encoding,
            location: parameter.location,
            texts: Vec::new(),
            pairs: &[],
            claimed: None,
            exploded: false,
        }
    }

    /// The parameter among pairs. The others are `claimed` or belong to an exploded object.
    pub(super) fn named(
        parameter: &Parameter,
        encoding: Encoding,
        pairs: &'r [(&'r str, &'r str)],
        claimed: &'r dyn Fn(&str) -> bool,
    ) -> Self {
        let mut encoded = Self::new(parameter, encoding);
        let named = pairs.iter().filter(|(key, _)| encoding.decode(key).is_some_and(|key| key == parameter.name));
        encoded.texts = named.map(|(_, text)| *text).collect();
        encoded.pairs = pairs;
        encoded.claimed = Some(claimed);
        encoded.exploded = parameter.explode && parameter.style != Style::DeepObject;
        encoded
    }

    pub(super) fn texts(self, texts: Vec<&'r str>) -> Self {
        Self { texts, ..self }
    }

    pub(super) fn is_deep(&self) -> bool {
        self.style == Style::DeepObject
    }

    /// Whether an object consists of pairs without the parameter's name.
    pub(super) fn takes_other_pairs(&self) -> bool {
        self.exploded && self.location != Location::QueryString
    }

    fn text(&self, raw: &'r str) -> Result<Cow<'r, str>, ParamDecodeError> {
        self.encoding.decode(raw).ok_or_else(|| ParamDecodeError::invalid("must be UTF-8".to_owned()))
    }

    /// The single text, without the prefix of the style.
    fn only(&self) -> Result<&'r str, ParamDecodeError> {
        match self.texts.as_slice() {
            [] => Err(ParamDecodeError::Absent),
            [text] => self.bare(text),
            _ => Err(ParamDecodeError::repeated()),
        }
    }

    fn bare(&self, text: &'r str) -> Result<&'r str, ParamDecodeError> {
        match self.style {
            Style::Label => text
                .strip_prefix('.')
                .ok_or_else(|| ParamDecodeError::invalid("must begin with `.` (style `label`)".to_owned())),
            Style::Matrix => {
                let named = text.strip_prefix(';').and_then(|text| text.strip_prefix(self.name));
                let value = named.filter(|rest| rest.is_empty() || rest.starts_with('='));
                value.map(|rest| rest.strip_prefix('=').unwrap_or(rest)).ok_or_else(|| {
                    ParamDecodeError::invalid(format!("must begin with `;{}=` (style `matrix`)", self.name))
                })
            }
            _ => Ok(text),
        }
    }

    pub(super) fn scalar(&self) -> Result<Cow<'r, str>, ParamDecodeError> {
        self.text(self.only()?)
    }

    pub(super) fn list(&self, mode: DecodeMode) -> Result<Vec<Cow<'r, str>>, ParamDecodeError> {
        match self.style {
            Style::Matrix if self.explode => self.matrix_items(),
            Style::Label => {
                let text = self.only()?;
                text.split(if self.explode { '.' } else { ',' }).map(|item| self.text(item)).collect()
            }
            Style::Matrix | Style::Simple => {
                let mut items = Vec::new();
                for text in self.given()? {
                    for item in self.bare(text)?.split(',') {
                        items.push(self.text(self.trimmed(item))?);
                    }
                }
                Ok(items)
            }
            _ if self.explode && mode != DecodeMode::Lenient => {
                self.given()?.iter().map(|text| self.text(text)).collect()
            }
            _ => {
                let mut items = Vec::new();
                for text in self.given()? {
                    items.extend(self.delimited(text, mode)?);
                }
                Ok(items)
            }
        }
    }

    /// Spaces around the items of a header are ignored.
    fn trimmed(&self, item: &'r str) -> &'r str {
        if self.encoding == Encoding::Plain { item.trim_ascii() } else { item }
    }

    fn given(&self) -> Result<&[&'r str], ParamDecodeError> {
        if self.texts.is_empty() { Err(ParamDecodeError::Absent) } else { Ok(&self.texts) }
    }

    /// `;color=blue;color=black`
    fn matrix_items(&self) -> Result<Vec<Cow<'r, str>>, ParamDecodeError> {
        let mut items = Vec::new();
        for text in self.given()? {
            for item in text.split(';').skip(1) {
                let value = item.strip_prefix(self.name).and_then(|item| item.strip_prefix('='));
                let value = value.ok_or_else(|| {
                    ParamDecodeError::invalid(format!("must be written `;{}=…` (style `matrix`)", self.name))
                })?;
                items.push(self.text(value)?);
            }
        }
        Ok(items)
    }

    /// The items between the delimiters of the style. Spaces, bars and tabs must be
    /// percent-encoded, so the text is decoded first. The same applies to commas in cookies and in
    /// lenient mode.
    fn delimited(&self, raw: &'r str, mode: DecodeMode) -> Result<Vec<Cow<'r, str>>, ParamDecodeError> {
        let delimiter = match self.style {
            Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited => self.style.delimiter(),
            _ if self.encoding == Encoding::Percent || mode == DecodeMode::Lenient => ",",
            _ => return raw.split(',').map(|item| self.text(item)).collect(),
        };
        Ok(match self.text(raw)? {
            Cow::Borrowed(text) => text.split(delimiter).map(Cow::Borrowed).collect(),
            Cow::Owned(text) => text.split(delimiter).map(|item| Cow::Owned(item.to_owned())).collect(),
        })
    }

    pub(super) fn object(&self, mode: DecodeMode) -> Result<Entries<'r>, ParamDecodeError> {
        if self.is_deep() {
            return self.deep();
        }
        if self.exploded {
            return self.other_pairs();
        }
        if self.explode {
            return self.exploded_pairs();
        }
        let flat = match self.list(mode)? {
            flat if flat.len() % 2 == 0 => flat,
            _ => {
                return Err(ParamDecodeError::invalid("must be alternating names and values".to_owned()));
            }
        };
        let mut flat = flat.into_iter();
        let mut entries = Entries::new();
        while let (Some(key), Some(text)) = (flat.next(), flat.next()) {
            push_entry(&mut entries, key, Item::Text(text))?;
        }
        Ok(entries)
    }

    /// `R=100,G=200`, `.R=100.G=200`, `;R=100;G=200`
    fn exploded_pairs(&self) -> Result<Entries<'r>, ParamDecodeError> {
        let (prefix, separator) = match self.style {
            Style::Label => (".", '.'),
            Style::Matrix => (";", ';'),
            _ => ("", ','),
        };
        let mut entries = Entries::new();
        for text in self.given()? {
            for pair in text.strip_prefix(prefix).unwrap_or(text).split(separator) {
                let (key, value) = self.trimmed(pair).split_once('=').ok_or_else(|| {
                    ParamDecodeError::invalid("must be pairs of a name and a value with `=` between them".to_owned())
                })?;
                push_entry(&mut entries, self.text(key)?, Item::Text(self.text(value)?))?;
            }
        }
        Ok(entries)
    }

    /// `R=100&G=200`: all pairs that do not belong to another parameter.
    fn other_pairs(&self) -> Result<Entries<'r>, ParamDecodeError> {
        let mut entries = Entries::new();
        for (key, text) in self.pairs {
            let key = self.text(key)?;
            if !self.claimed.is_some_and(|claimed| claimed(&key)) {
                push_entry(&mut entries, key, Item::Text(self.text(text)?))?;
            }
        }
        if entries.is_empty() { Err(ParamDecodeError::Absent) } else { Ok(entries) }
    }

    /// `color[R]=100&color[G][x]=200`
    fn deep(&self) -> Result<Entries<'r>, ParamDecodeError> {
        let mut entries = Entries::new();
        for (key, text) in self.pairs {
            let key = self.text(key)?;
            let Some(path) = key.strip_prefix(self.name).filter(|path| path.starts_with('[')) else {
                continue;
            };
            push_deep(&mut entries, path, self.text(text)?, 0)?;
        }
        if entries.is_empty() { Err(ParamDecodeError::Absent) } else { Ok(entries) }
    }
}
