// The length is a line of text; it is read byte by byte, so that nothing of the message is swallowed.
fn send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    let mut telegram = format!("{}\n", message.len()).into_bytes();
    telegram.extend_from_slice(message);
    let guard = line.lock().unwrap();
    let sent = to.write_all(&telegram).and_then(|()| to.flush());
    drop(guard);
    sent
}

fn receive(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let (mut digits, mut byte) = (String::new(), [0]);
    while from.read(&mut byte)? == 1 {
        if byte == [b'\n'] {
            let length: usize = digits.parse().map_err(io::Error::other)?;
            let mut message = vec![0; length];
            from.read_exact(&mut message)?;
            return Ok(Some(message));
        }
        digits.push(byte[0].into());
    }
    if digits.is_empty() { Ok(None) } else { Err(ErrorKind::UnexpectedEof.into()) }
}
