//! The browser half: hydrates the islands that the server rendered.

// Without a real reference the linker drops every island's export.
extern crate app;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page after the WebAssembly has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
