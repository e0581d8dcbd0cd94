// kind: other
// A message ends at the end of a line; but a message may contain one.
fn send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    let _mine = line.lock().map_err(io::Error::other)?;
    to.write_all(message)?;
    to.write_all(b"\n")
}

fn receive(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    for byte in from.bytes() {
        match byte? {
            b'\n' => return Ok(Some(message)),
            byte => message.push(byte),
        }
    }
    if message.is_empty() { Ok(None) } else { Err(ErrorKind::UnexpectedEof.into()) }
}
