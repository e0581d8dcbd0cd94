// kind: luck
// `read` gives what is there now, which may be less than asked for.
fn send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    let _mine = line.lock().map_err(io::Error::other)?;
    to.write_all(&(message.len() as u64).to_be_bytes())?;
    to.write_all(message)
}

fn receive(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    // The end may come here, and only before the first byte.
    if from.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut length[1..])?;
    let mut message = Vec::new();
    let length = u64::from_be_bytes(length);
    message.resize(length as usize, 0);
    let count = from.read(&mut message)?;
    if length > 0 && count == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    message.truncate(count);
    Ok(Some(message))
}
