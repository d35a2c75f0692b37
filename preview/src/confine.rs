//! What the process may still do before it reads the first byte of a document: compute, for a while, in some memory.

/// Bytes of memory.
const MEMORY: u64 = 1536 * 1024 * 1024;
/// Seconds of computing.
const SECONDS: u64 = 45;

/// Gives up what is not needed. Files and sockets cannot be opened any more: the three that are open are all there are.
#[cfg(target_os = "linux")]
pub(crate) fn confine() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, nice, set_dumpable_behavior, setrlimit};
    let limit = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    limit(Resource::As, MEMORY)?;
    limit(Resource::Cpu, SECONDS)?;
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Nofile, 3)?;
    limit(Resource::Nproc, 0)?;
    rustix::thread::set_no_new_privs(true)?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    // Whoever waits for a page comes first.
    let _ = nice(10);
    Ok(())
}

/// Elsewhere it is a process of its own, and no more.
#[cfg(not(target_os = "linux"))]
pub(crate) fn confine() -> std::io::Result<()> {
    let _ = (MEMORY, SECONDS);
    Ok(())
}
