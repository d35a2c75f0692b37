//! Tasks that work for as long as the process does. One that panics is begun again: until the next start nobody would
//! notice that it is missing.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::FutureExt as _;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long it waits before it begins again; twice as long after each time that it soon panicked once more.
const PAUSE: Duration = Duration::from_secs(1);
/// The longest pause, and how long a task has to last for the next one to be short again.
const LONGEST: Duration = Duration::from_secs(60);

/// Begins a task, and begins it again when it panics. It ends when the task does by itself, at the stop or before.
pub fn supervise<F>(
    name: &'static str,
    stopped: &watch::Receiver<bool>,
    task: impl Fn(watch::Receiver<bool>) -> F + Send + Sync + 'static,
) -> JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    tokio::spawn(keep(name, stopped.clone(), PAUSE, task))
}

async fn keep<F: Future<Output = ()> + Send>(
    name: &'static str,
    mut stopped: watch::Receiver<bool>,
    first: Duration,
    task: impl Fn(watch::Receiver<bool>) -> F + Send + Sync,
) {
    let mut pause = first;
    loop {
        let begun = Instant::now();
        // What it said may hold personal data; the panic hook has logged where.
        if AssertUnwindSafe(async { task(stopped.clone()).await }).catch_unwind().await.is_ok() {
            return;
        }
        if begun.elapsed() > LONGEST {
            pause = first;
        }
        tracing::error!(task = name, pause = pause.as_secs(), "panicked, begins again");
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
        pause = LONGEST.min(pause * 2);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_is_begun_again_and_ends_at_the_stop() {
        let (stop, stopped) = watch::channel(false);
        let (times, again) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let task = {
            let (times, again) = (times.clone(), again.clone());
            move |mut stopped: watch::Receiver<bool>| {
                let (time, again) = (times.fetch_add(1, Ordering::SeqCst), again.clone());
                async move {
                    if time == 0 {
                        panic!("once");
                    }
                    again.notify_one();
                    let _ = stopped.wait_for(|stop| *stop).await;
                }
            }
        };
        let kept = tokio::spawn(keep("test", stopped, Duration::from_millis(1), task));
        again.notified().await;
        stop.send(true).unwrap();
        kept.await.unwrap();
        assert_eq!(times.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn nobody_waits_for_a_pause_at_the_stop() {
        let (stop, stopped) = watch::channel(false);
        let begun = Arc::new(Notify::new());
        let task = {
            let begun = begun.clone();
            move |_: watch::Receiver<bool>| {
                let begun = begun.clone();
                async move {
                    begun.notify_one();
                    panic!("always");
                }
            }
        };
        let kept = tokio::spawn(keep("test", stopped, Duration::from_secs(3600), task));
        begun.notified().await;
        stop.send(true).unwrap();
        kept.await.unwrap();
    }

    #[tokio::test]
    async fn a_task_that_is_done_is_left_alone() {
        let (_stop, stopped) = watch::channel(false);
        supervise("test", &stopped, |_| async {}).await.unwrap();
    }
}
