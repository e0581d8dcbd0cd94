//! Which threads are identical: the same code with the same captured bytes, started at the same place.
use std::any::TypeId;

/// Equal for identical threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    code: TypeId,
    place: crate::operation::Place,
    captured: Box<[u8]>,
}

/// What is equal for identical threads; `None` where that cannot be told.
///
/// Threads that return something can be told apart by what they return, so only `()` will do.
pub fn identity_of<F: 'static, T: 'static>(
    body: &F,
    place: crate::operation::Place,
) -> Option<Identity> {
    if TypeId::of::<T>() != TypeId::of::<()>() {
        return None;
    }
    let _engines = super::engines();
    let start = std::ptr::from_ref(body).cast::<u8>();
    let captured = (0..size_of::<F>())
        .map(|offset| {
            // SAFETY: `offset` is within the closure, which is alive and borrowed.
            unsafe { read_frozen(start.add(offset)) }
        })
        .collect();
    Some(Identity {
        code: TypeId::of::<F>(),
        place,
        captured,
    })
}

/// Reads a byte that may be padding. A byte that comes out of assembly is a number, whatever it was before; padding
/// that differs only makes equal closures look different, which costs time and nothing else.
///
/// # Safety
/// The pointer must be readable.
#[inline]
unsafe fn read_frozen(byte: *const u8) -> u8 {
    #[cfg(target_arch = "x86_64")]
    {
        let value: u8;
        // SAFETY: a load from a readable address, without side effects.
        unsafe {
            std::arch::asm!("mov {0}, byte ptr [{1}]", out(reg_byte) value, in(reg) byte, options(nostack, readonly, preserves_flags));
        }
        value
    }
    #[cfg(target_arch = "aarch64")]
    {
        let value: u32;
        // SAFETY: a load from a readable address, without side effects.
        unsafe {
            std::arch::asm!("ldrb {0:w}, [{1}]", out(reg) value, in(reg) byte, options(nostack, readonly, preserves_flags));
        }
        value as u8
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    compile_error!("Weft runs on x86-64 and aarch64")
}
