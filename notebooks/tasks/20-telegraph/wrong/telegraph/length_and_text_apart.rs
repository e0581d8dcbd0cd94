// kind: racy
// The line is free between the length and the text.
fn send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    let _mine = line.lock().map_err(io::Error::other)?;
    to.write_all(&(message.len() as u64).to_be_bytes())?;
    drop(_mine);
    let _mine = line.lock().map_err(io::Error::other)?;
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
    let count = from.take(length).read_to_end(&mut message)?;
    if count as u64 != length {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(message))
}
