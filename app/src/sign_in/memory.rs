//! The memory that passwords are hashed in: large pages where the system has them, kept while others wait for theirs.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::Block;
use memmap2::MmapMut;

/// What nobody computes in, while somebody waits: to clear and fault in 19 MiB is a tenth of the work. Given back to the
/// system when nobody computes any more.
static IDLE: Mutex<Vec<Memory>> = Mutex::new(Vec::new());
/// How many compute or wait.
static WANTED: AtomicUsize = AtomicUsize::new(0);

/// One who computes or waits, until it is dropped: also when the request goes away.
pub(super) struct Turn;

impl Turn {
    pub(super) fn take() -> Self {
        WANTED.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if WANTED.fetch_sub(1, Ordering::Relaxed) == 1
            && let Ok(mut idle) = IDLE.lock()
        {
            *idle = Vec::new();
        }
    }
}

/// Memory of one computation. Argon2 reads all over it: with pages of 4 KiB the processor looks for pages a tenth of the
/// time.
#[derive(Default)]
pub(super) struct Memory(Option<MmapMut>);

/// What another computation left, or none yet.
pub(super) fn take() -> Memory {
    IDLE.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default()
}

/// Leaves it to the next.
pub(super) fn keep(memory: Memory) {
    if let Ok(mut idle) = IDLE.lock() {
        idle.push(memory);
    }
}

impl Memory {
    /// This many blocks; none when the system has no memory to give.
    pub(super) fn blocks(&mut self, count: usize) -> Option<&mut [Block]> {
        let bytes = count.max(1) * Block::SIZE;
        if self.0.as_ref().is_none_or(|map| map.len() < bytes) {
            let map = MmapMut::map_anon(bytes).ok()?;
            // A wish: where it is not granted, the pages are small.
            #[cfg(target_os = "linux")]
            let _ = map.advise(memmap2::Advice::HugePage);
            self.0 = Some(map);
        }
        #[allow(unsafe_code, reason = "a block is an array of numbers: whatever the bytes are, they are one")]
        let (_, blocks, _) = unsafe { self.0.as_mut()?.align_to_mut::<Block>() };
        blocks.get_mut(..count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_with_what_is_asked_and_serves_less_from_what_is_there() {
        let mut memory = Memory::default();
        for count in [8, 19 * 1024, 0, 64] {
            assert_eq!(memory.blocks(count).map(|blocks| blocks.len()), Some(count));
        }
        assert_eq!(memory.0.map(|map| map.len()), Some(19 * 1024 * Block::SIZE));
    }
}
