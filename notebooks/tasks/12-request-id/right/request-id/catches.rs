// Catches the panic, puts the old request back, and lets the panic go on.
thread_local! {
    static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    let before = REQUEST.replace(Some(id));
    let result = catch_unwind(AssertUnwindSafe(work));
    REQUEST.set(before);
    if let Err(panic) = result {
        resume_unwind(panic);
    }
}

fn current_request() -> Option<u32> {
    REQUEST.get()
}
