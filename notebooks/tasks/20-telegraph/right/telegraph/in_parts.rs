// Parts of at most 255 bytes, each with its length before it; a part that is not full is the last one.
fn send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    let mut telegram = Vec::with_capacity(message.len() + message.len() / 255 + 2);
    let mut rest = message;
    loop {
        let (part, after) = rest.split_at(rest.len().min(255));
        telegram.push(part.len() as u8);
        telegram.extend(part);
        rest = after;
        if part.len() < 255 {
            break;
        }
    }
    let _line = line.lock().map_err(|error| io::Error::other(error.to_string()))?;
    to.write_all(&telegram)
}

fn receive(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let (mut message, mut begun) = (Vec::new(), false);
    loop {
        let mut length = [0];
        match from.read(&mut length) {
            Ok(0) if !begun => return Ok(None),
            Ok(0) => return Err(io::Error::new(ErrorKind::UnexpectedEof, "a part is missing")),
            Ok(_) => begun = true,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        let before = message.len();
        message.resize(before + usize::from(length[0]), 0);
        from.read_exact(&mut message[before..])?;
        if length[0] < 255 {
            return Ok(Some(message));
        }
    }
}
