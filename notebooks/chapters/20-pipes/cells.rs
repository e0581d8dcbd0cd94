//! The cells of chapter 20, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{ByteReceiver, ByteSender, Lock, Process, byte_pipe, duplex, pipe};
    use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
    use std::time::Duration;
    // end cell

    // cell: smallest
    {
        let (mut reader, mut writer) = io::pipe().unwrap();
        writer.write_all(b"hello").unwrap();
        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        println!("{text}, and then the end");
    }
    // end cell

    // cell: bytes
    {
        let (mut reader, mut writer) = io::pipe().unwrap();
        writer.write_all(b"good").unwrap();
        writer.write_all(b"bye").unwrap();
        let mut buffer = [0; 100];
        let count = reader.read(&mut buffer).unwrap();
        println!(
            "{count} bytes: {}",
            String::from_utf8_lossy(&buffer[..count])
        );
    }
    // end cell

    // cell: nobody-reads
    {
        let (reader, mut writer) = io::pipe().unwrap();
        drop(reader);
        println!("{}", writer.write_all(b"hello").unwrap_err());
    }
    // end cell

    // cell: from-a-to-b
    use exercises::process::Connection;

    type End = Connection<(u32, String)>;

    fn across((sender, from): (&str, End), (receiver, to): (&str, End)) {
        println!("{sender} sends 1, Hello");
        from.send((1, "Hello".to_string())).unwrap();
        drop(from);
        while let Some((number, word)) = to.recv().unwrap() {
            println!("{receiver} receives {number}, {word}");
        }
        println!("{receiver}: end of the pipe");
    }

    {
        let (a, b) = duplex().unwrap();
        across(("a", a), ("b", b));
    }
    // end cell

    // cell: from-b-to-a
    {
        let (a, b) = duplex().unwrap();
        across(("b", b), ("a", a));
    }
    // end cell

    // cell: from-a-child
    {
        let (sender, receiver) = pipe::<String>().unwrap();
        let mut child = Process::new("child", move || {
            println!("child sends Hello world");
            sender.send("Hello world".to_string()).unwrap();
        });
        child.start().unwrap();
        while let Some(data) = receiver.recv().unwrap() {
            println!("data: {data}");
        }
        println!("main: end of the pipe");
        child.join().unwrap();
    }
    // end cell

    // cell: third-receive
    use exercises::process::{Receiver, Sender};

    fn two_senders(sender: &Sender<(u32, u32)>, messages: u32) -> [Process<'static>; 2] {
        [1, 2].map(|child| {
            let sender = sender.clone();
            let mut process = Process::new(format!("child {child}"), move || {
                for number in 1..=messages {
                    println!("child {child} sends message {number}: Hello world");
                    sender.send((child, number)).unwrap();
                }
            });
            process.start().unwrap();
            process
        })
    }

    fn print_messages(receiver: &Receiver<(u32, u32)>, most: usize) {
        for _ in 0..most {
            match receiver.recv().unwrap() {
                Some((child, number)) => println!("message {number} of child {child}: Hello world"),
                None => return println!("end of the pipe"),
            }
        }
    }

    {
        let (sender, receiver) = pipe().unwrap();
        let children = two_senders(&sender, 1);
        print_messages(&receiver, 2);
        for child in children {
            child.join().unwrap();
        }
        let third = receiver.recv_timeout(Duration::from_millis(300));
        assert!(third.is_err());
        println!("still waiting, gave up: main itself has a sending end open");
    }
    // end cell

    // cell: count-the-messages
    {
        let (sender, receiver) = pipe().unwrap();
        let children = two_senders(&sender, 2);
        print_messages(&receiver, 4);
        for child in children {
            child.join().unwrap();
        }
    }
    // end cell

    // cell: close-your-own
    {
        let (sender, receiver) = pipe().unwrap();
        let children = two_senders(&sender, 2);
        drop(sender);
        print_messages(&receiver, usize::MAX);
        for child in children {
            child.join().unwrap();
        }
    }
    // end cell

    // cell: both-close
    fn two_children(closing: &'static [u32]) {
        let (sender, receiver) = pipe().unwrap();
        let children = [1, 2].map(|number| {
            let mut end = Some(sender.clone());
            let mut child = Process::new(format!("child {number}"), move || {
                if closing.contains(&number) {
                    end = None;
                }
                let Some(end) = end else {
                    println!("child {number}: my end is closed, I cannot send");
                    return 1;
                };
                println!("child {number} sends {number}");
                end.send(number).unwrap();
                0
            });
            child.start().unwrap();
            child
        });
        for child in children {
            println!("exit code {}", child.join().unwrap().unwrap());
        }
        while let Ok(data) = receiver.recv_timeout(Duration::from_millis(200)) {
            println!("Data {data}");
        }
        println!("still waiting, gave up: main itself has a sending end open");
    }

    two_children(&[1, 2]);
    // end cell

    // cell: one-closes
    two_children(&[1]);
    // end cell

    // cell: setter-and-getter
    {
        let (sender, receiver) = pipe::<u32>().unwrap();
        let mut setter = Process::new("setter", move || {
            for number in 1..=5 {
                println!("setter sends {number}");
                sender.send(number).unwrap();
            }
        });
        let mut getter = Process::new("getter", move || {
            while let Some(number) = receiver.recv().unwrap() {
                println!("Data {number}");
            }
            println!("getter: end of the pipe");
        });
        setter.start().unwrap();
        getter.start().unwrap();
        setter.join().unwrap();
        getter.join().unwrap();
    }
    // end cell

    // cell: mistake-inherited
    {
        let (mut reader, mut writer) = io::pipe().unwrap();
        let mut child = Process::new("reader", move || {
            let mut text = String::new();
            reader.read_to_string(&mut text).unwrap();
            println!("the child has read {text}");
        });
        child.start().unwrap();
        writer.write_all(b"hello").unwrap();
        drop(writer);
        let ended = child.join_timeout(Duration::from_millis(500)).unwrap();
        println!("the child has ended: {ended}");
        child.terminate().unwrap();
        child.join().unwrap();
    }
    // end cell

    // cell: mended-inherited
    {
        let (mut writer, mut reader) = byte_pipe().unwrap();
        let mut child = Process::new("reader", move || {
            let mut text = String::new();
            reader.read_to_string(&mut text).unwrap();
            println!("the child has read {text}");
        });
        child.start().unwrap();
        writer.write_all(b"hello").unwrap();
        drop(writer);
        child.join().unwrap();
    }
    // end cell

    // cell: mistake-every-error
    fn four_lines() -> impl BufRead {
        let (reader, mut writer) = io::pipe().unwrap();
        writer.write_all(b"one\n\xff\xff\nthree\nfour\n").unwrap();
        BufReader::new(reader)
    }

    {
        let mut lines = four_lines();
        let mut line = String::new();
        while matches!(lines.read_line(&mut line), Ok(1..)) {
            println!("{}", line.trim_end());
            line.clear();
        }
        println!("the end");
    }
    // end cell

    // cell: mended-every-error
    {
        let mut lines = four_lines();
        let mut line = String::new();
        loop {
            line.clear();
            match lines.read_line(&mut line) {
                Ok(0) => break,
                Ok(_) => println!("{}", line.trim_end()),
                Err(error) => println!("an error: {error}"),
            }
        }
        println!("the end");
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: the-reader-goes
        use std::sync::mpsc;
        use std::thread;

        let (writing_end, reading_end) = mpsc::channel();
        let child = thread::spawn(move || {
            println!("first: {}", writing_end.send("one").is_ok());
            println!("second: {}", writing_end.send("two").is_ok());
        });
        println!("main has read {}", reading_end.recv().unwrap());
        drop(reading_end);
        child.join().unwrap();
        // end cell
    };

    // cell: telegraph
    fn send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
        // Your code goes here.
        let _ = (line, to, message);
        Ok(())
    }

    fn receive(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
        let _ = from;
        Ok(None)
    }
    // end cell

    // cell: check-telegraph
    type Send = fn(&Lock, &mut dyn Write, &[u8]) -> io::Result<()>;
    type Receive = fn(&mut dyn Read) -> io::Result<Option<Vec<u8>>>;

    /// Message `number` of sender `who`: long, and every byte but the first tells whose it is.
    fn long_message(who: u8, number: u8) -> Vec<u8> {
        let mut message = vec![who; 20_000];
        message[0] = number;
        message
    }

    fn check_telegraph(send: Send, receive: Receive) -> Result<(), String> {
        let told = |error: io::Error| format!("an error: {error}");
        let line = Lock::new().unwrap();

        // One after another, into memory: every message keeps its bounds.
        let messages = [vec![], vec![7], vec![255; 100_000], vec![], vec![0, 10, 13]];
        let mut sent = Vec::new();
        for message in &messages {
            send(&line, &mut sent, message).map_err(told)?;
        }
        let mut rest = sent.as_slice();
        for message in &messages {
            let received = receive(&mut rest).map_err(told)?;
            if received.as_ref() != Some(message) {
                let (sent, got) = (message.len(), received.map(|message| message.len()));
                return Err(format!("sent were {sent} bytes, received {got:?}"));
            }
        }
        if receive(&mut rest).map_err(told)?.is_some() {
            return Err("a message after the last one".into());
        }

        // Cut off in the middle of a message, wherever that is.
        let mut sent = Vec::new();
        send(&line, &mut sent, b"telegraph").map_err(told)?;
        for cut in 1..sent.len() {
            if receive(&mut &sent[..cut]).is_ok() {
                return Err(format!("the pipe ended after {cut} bytes, and no error"));
            }
        }

        // Three processes at the same time.
        let (sender, mut receiver): (ByteSender, ByteReceiver) = byte_pipe().unwrap();
        let mut children = Vec::new();
        for who in 0..3 {
            let (line, mut sender) = (line.clone(), sender.clone());
            let mut child = Process::new(format!("sender {who}"), move || {
                for number in 0..10 {
                    send(&line, &mut sender, &long_message(who, number)).unwrap();
                }
            });
            child.start().unwrap();
            children.push(child);
        }
        drop(sender);
        let mut next = [0; 3];
        while let Some(message) = receive(&mut receiver).map_err(told)? {
            let who = *message.last().unwrap_or(&0);
            let number = next.get_mut(usize::from(who)).ok_or("a mixed message")?;
            if message != long_message(who, *number) {
                return Err("messages of different senders are mixed up".into());
            }
            *number += 1;
        }
        if next != [10; 3] {
            return Err(format!("3 senders, 10 messages each; received {next:?}"));
        }
        for child in children {
            child.join().unwrap();
        }

        drop(receiver);
        let (mut sender, gone) = byte_pipe().unwrap();
        drop(gone);
        match send(&line, &mut sender, b"anybody there?") {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => Err(format!("nobody receives, and send says {other:?}")),
        }
    }

    match check_telegraph(send, receive) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_telegraph(send, receive).is_err());
    assert_eq!(check_telegraph(solved_send, solved_receive), Ok(()));
    assert!(check_telegraph(solved_send, takes_a_cut_for_the_end).is_err());

    fn solved_send(line: &Lock, to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
        let _mine = line.lock().map_err(io::Error::other)?;
        to.write_all(&(message.len() as u64).to_be_bytes())?;
        to.write_all(message)
    }

    fn solved_receive(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
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

    fn takes_a_cut_for_the_end(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
        Ok(solved_receive(from).unwrap_or(None))
    }
}
