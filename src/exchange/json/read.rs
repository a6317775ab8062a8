//! Reading: every row is handed over as soon as it is complete.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::error::RowProblem;
use super::{Column, Envelope, FORMAT, Form, JsonError, JsonProblem, Shape, Value};

/// What a reader hands over.
#[derive(Debug)]
pub enum Part<'a> {
    /// The rows of the table at this place of the shapes follow.
    Table(usize),
    /// One row, a value a column, in the order of the shape.
    Row(&'a [Value<'a>]),
}

/// Why reading ended.
#[derive(Debug)]
pub enum Trouble<E> {
    /// The file is at fault.
    File(JsonError),
    /// Whoever takes the rows did not go on; the line is that of the row.
    Taker(E, usize),
}

/// Reads a whole file. Every table of `shapes` must be there with every column, and nothing else.
pub fn read<E>(
    input: impl Read,
    shapes: &[Shape],
    take: impl FnMut(Part<'_>) -> Result<(), E>,
) -> Result<Envelope, Trouble<E>> {
    let mut reading =
        Reading { shapes, take, envelope: None, seen: vec![false; shapes.len()], table: None, row: 0, ended: None };
    let mut json = serde_json::Deserializer::from_reader(input);
    let read = Whole(&mut reading).deserialize(&mut json).and_then(|()| json.end());
    if let Err(error) = read {
        return Err(reading.trouble(&error));
    }
    let missing = |key| Trouble::File(JsonError { problem: JsonProblem::Missing(key), line: 0, column: 0 });
    if let Some((shape, _)) = shapes.iter().zip(&reading.seen).find(|(_, seen)| !**seen) {
        return Err(missing(shape.name));
    }
    reading.envelope.ok_or_else(|| missing("envelope"))
}

struct Reading<'s, E, F> {
    shapes: &'s [Shape],
    take: F,
    envelope: Option<Envelope>,
    seen: Vec<bool>,
    /// The table that is being read.
    table: Option<&'s Shape>,
    row: u64,
    /// Why reading ended early, where it is not the parser that says so.
    ended: Option<Ended<E>>,
}

enum Ended<E> {
    File(JsonProblem),
    Taker(E),
}

impl<'s, E, F: FnMut(Part<'_>) -> Result<(), E>> Reading<'s, E, F> {
    /// Keeps the reason; the parser's own error only carries the place.
    fn end<D: Error>(&mut self, problem: JsonProblem) -> D {
        self.ended = Some(Ended::File(problem));
        D::custom("ended")
    }

    fn end_row<D: Error>(&mut self, problem: RowProblem) -> D {
        let table = self.table.map_or("", |shape| shape.name);
        self.end(JsonProblem::Row { table, row: self.row, problem })
    }

    fn hand_over<D: Error>(&mut self, part: Part<'_>) -> Result<(), D> {
        (self.take)(part).map_err(|error| {
            self.ended = Some(Ended::Taker(error));
            D::custom("ended")
        })
    }

    fn trouble(self, error: &serde_json::Error) -> Trouble<E> {
        let problem = match (self.ended, error.classify()) {
            (Some(Ended::Taker(failure)), _) => return Trouble::Taker(failure, error.line()),
            (Some(Ended::File(problem)), _) => problem,
            (None, Category::Io) => JsonProblem::Io(crate::i18n::Words::same(why(error))),
            (None, Category::Eof) => JsonProblem::CutOff,
            (None, Category::Syntax) => JsonProblem::Syntax(why(error)),
            (None, Category::Data) => JsonProblem::Foreign(why(error)),
        };
        Trouble::File(JsonError { problem, line: error.line(), column: error.column() })
    }

    fn columns(&self) -> &'s [Column] {
        self.table.map(|shape| shape.columns.as_slice()).unwrap_or_default()
    }

    fn take_envelope<D: Error>(&mut self, fields: serde_json::Value) -> Result<(), D> {
        // The format first: a newer envelope may hold keys that are unknown here.
        match fields.get("format").and_then(serde_json::Value::as_u64) {
            Some(FORMAT) => {}
            Some(found) => return Err(self.end(JsonProblem::Format(found))),
            None => return Err(self.end(JsonProblem::Missing("envelope.format"))),
        }
        let envelope: Envelope = serde_json::from_value(fields).map_err(D::custom)?;
        if let Some(filter) = &envelope.filter {
            return Err(self.end(JsonProblem::Partial(filter.clone())));
        }
        self.envelope = Some(envelope);
        Ok(())
    }
}

/// The parser's words without the place, which is told apart.
fn why(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.rsplit_once(" at line ").map_or(words.clone(), |(why, _)| why.to_owned())
}

/// A level of the file: what stands on it is read by its visitor.
macro_rules! level {
    ($name:ident, $read:ident) => {
        impl<'de, E, F: FnMut(Part<'_>) -> Result<(), E>> DeserializeSeed<'de> for $name<'_, '_, E, F> {
            type Value = ();

            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
                deserializer.$read(self)
            }
        }
    };
}

level!(Whole, deserialize_map);
level!(Tables, deserialize_map);
level!(Rows, deserialize_seq);
level!(OneRow, deserialize_map);

/// The two keys of the whole.
struct Whole<'r, 's, E, F>(&'r mut Reading<'s, E, F>);

impl<'de, E, F: FnMut(Part<'_>) -> Result<(), E>> Visitor<'de> for Whole<'_, '_, E, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with envelope and register")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let mut register = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "envelope" if self.0.envelope.is_none() => {
                    let fields = map.next_value()?;
                    self.0.take_envelope(fields)?;
                }
                "register" if !register => {
                    register = true;
                    map.next_value_seed(Tables(&mut *self.0))?;
                }
                "envelope" | "register" => return Err(self.0.end(JsonProblem::Twice(key))),
                _ => return Err(self.0.end(JsonProblem::Foreign(key))),
            }
        }
        Ok(())
    }
}

/// The tables by name.
struct Tables<'r, 's, E, F>(&'r mut Reading<'s, E, F>);

impl<'de, E, F: FnMut(Part<'_>) -> Result<(), E>> Visitor<'de> for Tables<'_, '_, E, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tables")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let Self(reading) = self;
        while let Some(key) = map.next_key::<String>()? {
            let found = reading.shapes.iter().enumerate().find(|(_, shape)| shape.name == key);
            let Some((at, shape)) = found else {
                return Err(reading.end(JsonProblem::UnknownTable(key)));
            };
            match reading.seen.get_mut(at) {
                Some(seen) if !*seen => *seen = true,
                _ => return Err(reading.end(JsonProblem::Twice(key))),
            }
            reading.table = Some(shape);
            reading.row = 0;
            reading.hand_over(Part::Table(at))?;
            map.next_value_seed(Rows(&mut *reading))?;
        }
        Ok(())
    }
}

/// The rows of one table.
struct Rows<'r, 's, E, F>(&'r mut Reading<'s, E, F>);

impl<'de, E, F: FnMut(Part<'_>) -> Result<(), E>> Visitor<'de> for Rows<'_, '_, E, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut rows: S) -> Result<(), S::Error> {
        let Self(reading) = self;
        reading.row = 1;
        while rows.next_element_seed(OneRow(&mut *reading))?.is_some() {
            reading.row += 1;
        }
        Ok(())
    }
}

/// One row.
struct OneRow<'r, 's, E, F>(&'r mut Reading<'s, E, F>);

impl<'de, E, F: FnMut(Part<'_>) -> Result<(), E>> Visitor<'de> for OneRow<'_, '_, E, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let Self(reading) = self;
        let columns = reading.columns();
        let mut values: Vec<Option<Value<'_>>> = vec![None; columns.len()];
        let mut expected = 0;
        while let Some(name) = map.next_key_seed(Name { columns, expected })? {
            let (at, column) = match name {
                Ok(found) => found,
                Err(unknown) => return Err(reading.end_row(RowProblem::UnknownColumn(unknown))),
            };
            let wrong = RowProblem::WrongValue(column.name);
            let Some(value) = map.next_value_seed(OneValue(column.form))? else { return Err(reading.end_row(wrong)) };
            match values.get_mut(at) {
                Some(place @ None) => *place = Some(value),
                _ => return Err(reading.end_row(RowProblem::ColumnTwice(column.name))),
            }
            expected = at + 1;
        }
        if let Some((column, _)) = columns.iter().zip(&values).find(|(_, value)| value.is_none()) {
            return Err(reading.end_row(RowProblem::MissingColumn(column.name)));
        }
        let values: Vec<Value<'_>> = values.into_iter().flatten().collect();
        reading.hand_over(Part::Row(&values))
    }
}

/// The name of a column: its place, or the name where there is no such column.
struct Name<'s> {
    columns: &'s [Column],
    /// The place that is tried first: rows as this program writes them are in order.
    expected: usize,
}

impl<'de, 's> DeserializeSeed<'de> for Name<'s> {
    type Value = Result<(usize, &'s Column), String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'s> Visitor<'_> for Name<'s> {
    type Value = Result<(usize, &'s Column), String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a column")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let in_order = self.columns.iter().enumerate().skip(self.expected);
        let found = in_order.chain(self.columns.iter().enumerate()).find(|(_, column)| column.name == name);
        Ok(found.ok_or_else(|| name.to_owned()))
    }
}

/// A value; `None` where it will not do.
struct OneValue(Form);

impl<'de> DeserializeSeed<'de> for OneValue {
    type Value = Option<Value<'static>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for OneValue {
    type Value = Option<Value<'static>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, words or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Value::Number(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).ok().map(Value::Number))
    }

    fn visit_str<E: Error>(self, words: &str) -> Result<Self::Value, E> {
        Ok(match self.0 {
            Form::Plain => Some(Value::Text(Cow::Owned(words.to_owned()))),
            Form::Base64 => STANDARD.decode(words).ok().map(|bytes| Value::Bytes(Cow::Owned(bytes))),
        })
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }
}
