fn square(n: u64) -> u64 {
    let (send, receive) = std::sync::mpsc::channel();
    let threads: Vec<_> = (0..64)
        .map(|i| {
            let send = send.clone();
            std::thread::spawn(move || {
                send.send(()).unwrap();
                std::thread::park();
                i
            })
        })
        .collect();
    for _ in 0..64 {
        receive.recv().unwrap();
    }
    for thread in threads {
        thread.thread().unpark();
        thread.join().unwrap();
    }
    n * n
}
