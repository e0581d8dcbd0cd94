//! Processes that borrow count as participants of everything there is, so these tests have a
//! process of their own.

use exercises::process::{Process, Queue, Semaphore};

#[test]
fn a_borrowing_process_reads_what_its_parent_has_and_uses_what_it_shares() {
    let numbers = vec![1, 2, 3];
    let mut process = Process::borrowing("sum", || numbers.iter().sum::<i32>());
    process.start().unwrap();
    assert_eq!(process.join().unwrap(), Some(6));

    // The queue does not end as long as a child lives that might put something, though it was not
    // told which one.
    let (queue, go) = (
        Queue::<usize>::unbounded().unwrap(),
        Semaphore::new(0).unwrap(),
    );
    let mut producers: Vec<_> = (0..3)
        .map(|who| {
            let (queue, go, numbers) = (&queue, &go, &numbers);
            Process::borrowing(format!("p{who}"), move || {
                go.acquire().unwrap();
                queue.put(numbers[who] as usize).unwrap();
                go.release();
            })
        })
        .collect();
    producers
        .iter_mut()
        .for_each(|producer| producer.start().unwrap());
    go.release();
    let mut items: Vec<_> = queue.iter().map(Result::unwrap).collect();
    items.sort_unstable();
    assert_eq!(items, [1, 2, 3]);
    producers
        .iter()
        .for_each(|producer| assert_eq!(producer.join().unwrap(), Some(0)));
}
