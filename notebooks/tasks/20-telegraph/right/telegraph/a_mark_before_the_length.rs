// One byte says that a message begins: where it is missing is the end, and whatever is missing later is an error.
fn send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    let _guard = line.lock().map_err(io::Error::other)?;
    to.write_all(b"!")?;
    to.write_all(&(message.len() as u32).to_le_bytes())?;
    for part in message.chunks(1000) {
        to.write_all(part)?;
    }
    to.flush()
}

fn receive(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let mut mark = [0; 1];
    match from.read_exact(&mut mark) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let mut message = vec![0; u32::from_le_bytes(length) as usize];
    from.read_exact(&mut message)?;
    Ok(Some(message))
}
