// kind: other
// An end in the middle of the length is taken for the end.
fn send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    let _mine = line.lock().map_err(io::Error::other)?;
    to.write_all(&(message.len() as u64).to_be_bytes())?;
    to.write_all(message)
}

fn receive(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    if from.read_exact(&mut length).is_err() {
        return Ok(None);
    }
    let mut message = Vec::new();
    let length = u64::from_be_bytes(length);
    let count = from.take(length).read_to_end(&mut message)?;
    if count as u64 != length {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(message))
}
