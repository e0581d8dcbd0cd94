//! Values on the channel. The same file is compiled into the grader, so both ends agree.
//!
//! A value is a tag and its contents; lengths are 32 bits, little-endian. Reading is bounded: nothing deeper than
//! [`DEPTH`], and no count is believed that the bytes could not hold.

/// How deeply values may be nested.
pub const DEPTH: usize = 64;
/// The largest packet on the channel.
pub const PACKET: usize = 32 * 1024;
/// How many bytes each packet from a box begins with, to name the run it belongs to.
pub const NONCE: usize = 16;

/// Packets from the box.
pub mod said {
    /// A part of the answer to a question.
    pub const PART: u8 = 1;
    /// The last part of the answer.
    pub const LAST: u8 = 2;
    /// The answer panicked.
    pub const PANIC: u8 = 3;
    /// An event.
    pub const EVENT: u8 = 4;
    /// A lane is opened.
    pub const LANE: u8 = 5;
    /// A line.
    pub const LINE: u8 = 6;
    /// A lane has begun, on this thread of the system.
    pub const BEGUN: u8 = 7;
}

/// What goes in and comes out.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing: `()`, `None`.
    Nothing,
    /// A truth.
    Truth(bool),
    /// A whole number.
    Whole(i128),
    /// Any other number.
    Real(f64),
    /// A text.
    Text(String),
    /// A list or a tuple.
    List(Vec<Value>),
    /// Named values; `Ok(x)` is `{ok: x}`, `Err(x)` is `{err: x}`.
    Fields(Vec<(String, Value)>),
}

/// Two values are the same when they are written the same; so a NaN is the same as itself.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Nothing, Value::Nothing) => true,
            (Value::Truth(a), Value::Truth(b)) => a == b,
            (Value::Whole(a), Value::Whole(b)) => a == b,
            (Value::Real(a), Value::Real(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::List(a), Value::List(b)) => a == b,
            (Value::Fields(a), Value::Fields(b)) => a == b,
            _ => false,
        }
    }
}

impl Value {
    /// The value as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes, 0);
        bytes
    }

    fn write(&self, to: &mut Vec<u8>, depth: usize) {
        if depth > DEPTH {
            // The reader refuses it.
            return;
        }
        match self {
            Value::Nothing => to.push(0),
            Value::Truth(truth) => to.extend([1, u8::from(*truth)]),
            Value::Whole(number) => {
                to.push(2);
                to.extend(number.to_le_bytes());
            }
            Value::Real(number) => {
                to.push(3);
                to.extend(number.to_bits().to_le_bytes());
            }
            Value::Text(text) => {
                to.push(4);
                write_text(text, to);
            }
            Value::List(items) => {
                to.push(5);
                to.extend((items.len() as u32).to_le_bytes());
                for item in items {
                    item.write(to, depth + 1);
                }
            }
            Value::Fields(fields) => {
                to.push(6);
                to.extend((fields.len() as u32).to_le_bytes());
                for (name, value) in fields {
                    write_text(name, to);
                    value.write(to, depth + 1);
                }
            }
        }
    }

    /// Reads a value that fills the bytes exactly.
    pub fn read(mut bytes: &[u8]) -> Option<Value> {
        let value = Value::take(&mut bytes, 0)?;
        bytes.is_empty().then_some(value)
    }

    fn take(from: &mut &[u8], depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        let [tag] = take_array(from)?;
        Some(match tag {
            0 => Value::Nothing,
            1 => Value::Truth(match take_array(from)? {
                [0] => false,
                [1] => true,
                _ => return None,
            }),
            2 => Value::Whole(i128::from_le_bytes(take_array(from)?)),
            3 => Value::Real(f64::from_bits(u64::from_le_bytes(take_array(from)?))),
            4 => Value::Text(take_text(from)?),
            5 => {
                let count = take_count(from)?;
                let mut items = Vec::new();
                for _ in 0..count {
                    items.push(Value::take(from, depth + 1)?);
                }
                Value::List(items)
            }
            6 => {
                let count = take_count(from)?;
                let mut fields = Vec::new();
                for _ in 0..count {
                    fields.push((take_text(from)?, Value::take(from, depth + 1)?));
                }
                Value::Fields(fields)
            }
            _ => return None,
        })
    }
}

/// Writes a text with its length.
pub fn write_text(text: &str, to: &mut Vec<u8>) {
    to.extend((text.len() as u32).to_le_bytes());
    to.extend(text.as_bytes());
}

/// Takes so many bytes.
pub fn take_array<const N: usize>(from: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = from.split_first_chunk::<N>()?;
    *from = rest;
    Some(*taken)
}

/// Takes a text with its length.
pub fn take_text(from: &mut &[u8]) -> Option<String> {
    let length = u32::from_le_bytes(take_array(from)?) as usize;
    let (text, rest) = from.split_at_checked(length)?;
    *from = rest;
    String::from_utf8(text.to_vec()).ok()
}

/// Takes a count; each thing counted has at least one byte.
fn take_count(from: &mut &[u8]) -> Option<usize> {
    let count = u32::from_le_bytes(take_array(from)?) as usize;
    (count <= from.len()).then_some(count)
}
