//! Islands of documents: progress while a file is sent. The form works without it.

#![allow(missing_docs, reason = "the macro makes a struct of the props; the island is documented")]

use leptos::prelude::*;

/// Sends the multipart form `form` in the background and shows how far it is. Before it hydrates, or without
/// JavaScript, the browser sends the form itself.
#[island]
pub fn UploadProgress(
    /// Id of the form around it.
    form: String,
    /// "Uploading", in the reader's language.
    uploading: String,
    /// "Checking and storing".
    finishing: String,
    /// "The upload broke off".
    failed: String,
    /// "Cancel".
    cancel: String,
) -> impl IntoView {
    let percent = RwSignal::new(None::<u32>);
    let error = RwSignal::new(false);
    #[cfg(target_arch = "wasm32")]
    let stop = browser::enhance(&form, percent, error);
    #[cfg(not(target_arch = "wasm32"))]
    let stop = {
        let _ = &form;
        || ()
    };
    let words = move || match percent.get() {
        Some(100) => finishing.clone(),
        Some(done) => format!("{uploading} {done} %"),
        None => String::new(),
    };
    view! {
        <div class="panel-foot stack-2" hidden=move || percent.get().is_none() && !error.get()>
            <progress class="bar" max="100" value=move || percent.get().unwrap_or(0).to_string() aria-labelledby="upload-words"></progress>
            <p class="cluster">
                <span id="upload-words" role="status">{words}</span>
                <span class="error" role="alert" hidden=move || !error.get()>{failed}</span>
                <button class="btn btn--quiet" type="button" hidden=move || percent.get().is_none() on:click=move |_| stop()>{cancel}</button>
            </p>
        </div>
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::cell::RefCell;
    use std::rc::Rc;

    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen::closure::Closure;
    use web_sys::{Event, FormData, HtmlFormElement, ProgressEvent, XmlHttpRequest};

    thread_local! {
        static REQUEST: RefCell<Option<XmlHttpRequest>> = const { RefCell::new(None) };
    }

    /// Takes over the form's submit; returns what cancels a running upload.
    pub fn enhance(form: &str, percent: RwSignal<Option<u32>>, error: RwSignal<bool>) -> impl Fn() + Clone + use<> {
        let element = document().get_element_by_id(form).and_then(|e| e.dyn_into::<HtmlFormElement>().ok());
        if let Some(element) = element {
            let target = element.clone();
            let submit = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                if send(&target, percent, error).is_some() {
                    event.prevent_default();
                }
            });
            let _ = element.add_event_listener_with_callback("submit", submit.as_ref().unchecked_ref());
            submit.forget();
        }
        move || {
            REQUEST.with_borrow(|request| {
                if let Some(request) = request {
                    let _ = request.abort();
                }
            });
            percent.set(None);
        }
    }

    /// `None`: leave it to the browser.
    fn send(form: &HtmlFormElement, percent: RwSignal<Option<u32>>, error: RwSignal<bool>) -> Option<()> {
        if percent.get_untracked().is_some() {
            return Some(());
        }
        let data = FormData::new_with_form(form).ok()?;
        let request = Rc::new(XmlHttpRequest::new().ok()?);
        request.open("POST", &form.action()).ok()?;
        // The answer names the next page instead of leading there, so that the page can be changed as a whole.
        request.set_request_header("Accept", "application/json").ok()?;
        listen(request.upload().ok()?.as_ref(), "progress", move |event| {
            if let Ok(event) = event.dyn_into::<ProgressEvent>()
                && event.length_computable()
                && event.total() > 0.0
            {
                percent.set(Some((event.loaded() / event.total() * 100.0) as u32));
            }
        });
        let answered = request.clone();
        listen(request.as_ref(), "load", move |_| {
            let to = answered.get_response_header("X-Location").ok().flatten();
            match to.filter(|to| to.starts_with('/')) {
                Some(to) => {
                    let _ = window().location().set_href(&to);
                }
                None => {
                    percent.set(None);
                    error.set(true);
                }
            }
        });
        for name in ["error", "timeout"] {
            listen(request.as_ref(), name, move |_| {
                percent.set(None);
                error.set(true);
            });
        }
        error.set(false);
        percent.set(Some(0));
        request.send_with_opt_form_data(Some(&data)).ok()?;
        REQUEST.with_borrow_mut(|slot| *slot = Some((*request).clone()));
        Some(())
    }

    fn listen(target: &web_sys::EventTarget, name: &str, call: impl FnMut(Event) + 'static) {
        let closure = Closure::<dyn FnMut(Event)>::new(call);
        let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        closure.forget();
    }
}
